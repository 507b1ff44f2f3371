//! A folder dropped on the page, as far as a script can make one up: the browser's own entries, which come by
//! and by, with folders in folders and parts that cannot be read.

use crate::{
    host::{Host, Oddity},
    hosts::{until_said, until_source, visit},
    page::Page,
};

/// `folder(name, parts)` and `entry(file)` are what `webkitGetAsEntry` gives; `dropEntries(entries)` drops.
const ENTRIES: &str = "
    window.entry = (file) => ({ isFile: true, isDirectory: false, name: file.name,
        file: (give, fail) => file.broken ? fail(new DOMException('made up', 'NotFoundError')) : give(file) });
    window.folder = (name, parts) => ({ isFile: false, isDirectory: true, name, createReader: () => {
        let at = 0;
        // Two at a time: a real one gives a hundred.
        return { readEntries: (give) => setTimeout(() => give(parts.slice(at, at += 2)), 1) };
    } });
    window.dropEntries = (entries) => {
        const carried = new DataTransfer();
        entries.forEach((_, index) => carried.items.add(new File(['?'], `folder ${index}`)));
        const waiting = [...entries];
        const plain = DataTransferItem.prototype.webkitGetAsEntry;
        DataTransferItem.prototype.webkitGetAsEntry = () => waiting.shift() ?? null;
        const part = document.querySelector(\"[data-testid='data-drop']\");
        part.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
        DataTransferItem.prototype.webkitGetAsEntry = plain;
    };";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn everything_in_a_dropped_folder_is_looked_at() {
    let host = Host::start("folder", Oddity::None).await;
    visit("folder", &host, ENTRIES, false, async |page: Page| {
        until_source(&page, "synthetic", 2_000.0).await;
        page.run("dropEntries([folder('empty', [])]);").await;
        until_said(&page, "data-answer", "holds no files").await;
        page.run(
            "const file = (name, content) => entry(new File([content], name));
            const gone = entry(Object.assign(new File([], 'gone.gz'), { broken: true }));
            dropEntries([folder('data', [
                file('.DS_Store', '\\0\\0\\0\\x01Bud1'), gone, folder('raw', [
                    file('train-labels-idx1-ubyte.gz', '<!DOCTYPE html><title>Log in</title>'),
                    file('notes.txt', 'words'), file('last.csv', 'label,pixel1,pixel2\\n3,0,0\\n'),
                ]),
            ])]);",
        )
        .await;
        until_said(&page, "data-answer", "None of these files can be used").await;
        for words in [".DS_Store: passed over", "log-in page", "notes.txt: is text", "last.csv: is a table"] {
            until_said(&page, "data-answer", words).await;
        }
        let Some(data) = xtask::project::data() else { return eprintln!("half skipped: no data here") };
        for (name, path) in xtask::project::data_files(&data) {
            if name.starts_with("t10k") {
                std::fs::copy(path, host.folder.join(format!("copy-of-{name}"))).expect("the copy can be changed");
            }
        }
        let dropped = page
            .run_async(
                "const real = async (name) => entry(new File([await (await fetch(`copy-of-${name}`)).arrayBuffer()], name));
                Promise.all(['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map(real)).then((both) => {
                    dropEntries([folder('outer', [entry(new File(['x'], 'x.txt')), folder('inner', both)])]);
                    done(true);
                }, (error) => done(String(error)));",
            )
            .await;
        assert_eq!(dropped, true);
        until_source(&page, "files", 0.0).await;
        assert_eq!(page.count("status-data", "data-test").await, 10_000.0);
        until_said(&page, "data-answer", "x.txt").await;
    })
    .await;
}
