//! Labels that are wrong: a sentence and three examples where the classifiers disagree, shown as pictures
//! where the real training images are there.

use crate::{
    autoencoder,
    page::Page,
    setup::{self, Data, Setup},
    three_browsers,
};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn wrong_labels_are_named_where_classifiers_disagree() {
    setup::run(Setup { data: Data::RealIfPresent, ..Setup::new("noisy-labels") }, async |page: Page| {
        autoencoder::have_one(&page).await;
        autoencoder::data_loaded(&page).await;
        three_browsers::compare(&page).await;
        page.until("disagreements", 60, async || {
            page.read("clf-disagreements", "part.children.length").await != 0
        })
        .await;
        let words = page.text("noisy-labels").await;
        for number in ["16,691", "28,264", "45,592"] {
            assert!(words.contains(number), "{number} in «{words}»");
        }
        let real = page.attribute("status-data", "data-source").await != "synthetic";
        for number in [16691, 28264, 45592] {
            let id = format!("noisy-label-{number}");
            assert_eq!(page.read(&id, "!part.hidden").await, real, "a picture of {number}");
            if real {
                page.until("its pixels", 20, async || page.canvas(&id).await.1).await;
            }
        }
        page.picture("noisy-labels").await;
    })
    .await;
}
