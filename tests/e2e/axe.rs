//! axe-core's rules (https://github.com/dequelabs/axe-core): WCAG 2.0, 2.1 and 2.2, levels A and AA, and
//! its best practices, in 44 states of the page.

use std::fs;

use serde_json::Value;

use crate::{page::Page, setup, views};

/// Runs the rules and returns what broke them: the rule, what it asks, and where.
const RUN: &str = "
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id} (${rule.help}): ${node.html.slice(0, 200)} — ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ').slice(0, 200)}`))),
        (error) => done([String(error)]),
    );";

async fn violations(page: &Page, view: &str) -> Vec<String> {
    let found = page.run_async(RUN).await;
    let words = |fault: &Value| format!("{view}: {}", fault.as_str().unwrap_or_default());
    found.as_array().into_iter().flatten().map(words).collect()
}

async fn judge(setup: setup::Setup, rules: &str) -> (usize, Vec<String>) {
    let found = std::sync::Mutex::new((0, Vec::new()));
    setup::run(setup, async |page: Page| {
        page.run(&format!("{rules}; return true;")).await;
        views::each(&page, async |view: &str| {
            let faults = violations(&page, &format!("{}: {view}", setup.name)).await;
            let mut found = found.lock().expect("one view at a time");
            found.0 += 1;
            found.1.extend(faults);
        })
        .await;
    })
    .await;
    found.into_inner().expect("one view at a time")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "drives a browser: cargo xtask test end-to-end"]
async fn forty_four_states_keep_wcag() {
    let script = xtask::tools::axe();
    let Some(rules) = script.and_then(|script| fs::read_to_string(script).ok()) else {
        println!("skipped: axe-core is not installed here (cargo xtask test end-to-end fetches it by npm)");
        return;
    };
    let (mut states, mut faults) = (0, Vec::new());
    for setting in views::settings() {
        let (count, found) = judge(setting, &rules).await;
        states += count;
        faults.extend(found);
    }
    println!("{states} states, {} violations", faults.len());
    faults.sort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(states, 44);
}
