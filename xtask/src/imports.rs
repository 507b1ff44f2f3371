//! Imports run downhill: which module of the library may import which, and no two files that import each
//! other. The table is `src/lib.rs`'s.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail};
use syn::{Attribute, ItemMod, UseTree, visit::Visit};

use crate::{project, sizes};

/// Each module with those it may import.
const TABLE: [(&str, &[&str]); 15] = [
    ("data", &[]),
    ("drawing", &["data"]),
    ("network", &["data"]),
    ("runs", &["data", "network"]),
    ("findings", &["runs"]),
    ("kernels", &[]),
    ("models", &["data", "network", "kernels"]),
    ("training", &["data", "drawing", "network", "runs", "latent", "kernels", "models"]),
    ("experiment", &["data", "network", "runs", "models", "training"]),
    ("protocol", &["data", "network", "runs"]),
    ("latent", &["data", "protocol"]),
    ("workspace", &["data", "drawing", "protocol"]),
    (
        "engine",
        &["data", "drawing", "network", "runs", "models", "training", "experiment", "protocol", "latent"],
    ),
    ("ui", &["data", "drawing", "network", "runs", "findings", "protocol", "latent", "workspace"]),
    (
        "cli",
        &[
            "data",
            "drawing",
            "network",
            "runs",
            "findings",
            "models",
            "training",
            "experiment",
            "protocol",
            "latent",
            "workspace",
        ],
    ),
];

/// A module's path in the library, `["data", "idx"]`.
type Module = Vec<String>;

/// Checks every file of `src/`.
///
/// # Errors
/// Names each import that runs uphill, and each pair of files that import each other.
pub fn check() -> Result<()> {
    let imports = imports(&project::root().join("src"))?;
    let faults: Vec<_> = uphill(&imports).into_iter().chain(mutual(&imports)).collect();
    match faults.is_empty() {
        true => Ok(()),
        false => bail!("imports that do not run downhill:\n{}", faults.join("\n")),
    }
}

/// What each file's module imports of the library, tests left out.
fn imports(source: &Path) -> Result<BTreeMap<Module, BTreeSet<Module>>> {
    let files = sizes::files_under(source)?;
    let rust = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut texts = BTreeMap::new();
    for path in rust {
        let module = module_of(path.strip_prefix(source).expect("it lies in src/"));
        if module.last().is_some_and(|name| name == "tests") {
            continue;
        }
        texts.insert(module, fs::read_to_string(path).with_context(|| path.display().to_string())?);
    }
    let modules: BTreeSet<Module> = texts.keys().cloned().collect();
    texts.iter().map(|(module, text)| Ok((module.clone(), imported(text, module, &modules)?))).collect()
}

fn module_of(path: &Path) -> Module {
    let mut parts: Module =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.pop_if(|last| last == "mod" || last == "lib");
    parts
}

fn imported(text: &str, module: &Module, modules: &BTreeSet<Module>) -> Result<BTreeSet<Module>> {
    let file = syn::parse_file(text).with_context(|| format!("reading {}", module.join("/")))?;
    let mut found = Paths::default();
    found.visit_file(&file);
    let absolute = found.paths.into_iter().filter_map(|path| absolute(path, module));
    let resolved = absolute.filter_map(|path| {
        (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|path| modules.contains(path))
    });
    Ok(resolved.filter(|other| other != module).collect())
}

/// `path` from the library's root; `None` where it leads elsewhere.
fn absolute(path: Module, module: &Module) -> Option<Module> {
    let rest = path.iter().skip_while(|part| ["self", "super"].contains(&part.as_str())).cloned();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" | "super" => {
            let up = path.iter().filter(|part| *part == "super").count();
            Some(module[..module.len().checked_sub(up)?].iter().cloned().chain(rest).collect())
        }
        _ => None,
    }
}

/// Every path in a file that may lead to another module.
#[derive(Default)]
struct Paths {
    paths: Vec<Module>,
    /// Modules written out in the file that the present place lies in.
    inside: usize,
}

impl Paths {
    fn walk(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &dyn ToString| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.walk(&path.tree, &with(&path.ident)),
            UseTree::Name(name) => self.note(with(&name.ident)),
            UseTree::Rename(name) => self.note(with(&name.ident)),
            UseTree::Glob(_) => self.note(before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.walk(item, before)),
        }
    }

    /// Notes a path as seen from the file: what leads out of a module inside it leads to the file.
    fn note(&mut self, mut path: Module) {
        let up = path.iter().take_while(|part| *part == "super").count().min(self.inside);
        if up > 0 {
            path.splice(..up, ["self".to_owned()]);
        }
        self.paths.push(path);
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.walk(&item.tree, &[]);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            self.inside += 1;
            syn::visit::visit_item_mod(self, item);
            self.inside -= 1;
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let mentions = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    };
    attributes.iter().any(mentions)
}

fn uphill(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<String> {
    let mut faults = Vec::new();
    for (module, others) in imports {
        let Some(top) = module.first() else { continue };
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| name == top) else { continue };
        let fine = |other: &&Module| {
            other.first().is_none_or(|other| other == top || allowed.contains(&other.as_str()))
        };
        for other in others.iter().filter(|other| !fine(other)) {
            faults.push(format!("{} imports {}", module.join("/"), other.join("/")));
        }
    }
    faults
}

/// A module and the ones inside it may know each other: they are one thing in several files.
fn mutual(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<String> {
    let imports_back = |a: &Module, b: &Module| imports.get(b).is_some_and(|back| back.contains(a)) && a < b;
    let pairs = imports.iter().flat_map(|(a, others)| others.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| imports_back(a, b) && !a.starts_with(b) && !b.starts_with(a))
        .map(|(a, b)| format!("{} and {} import each other", a.join("/"), b.join("/")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(files: &[(&str, &str)]) -> BTreeMap<Module, BTreeSet<Module>> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        imports(folder.path()).expect("readable")
    }

    #[test]
    fn an_import_that_runs_uphill_is_named() {
        let files =
            [("data/mod.rs", "fn f() { crate::protocol::g() }"), ("protocol.rs", "use crate::data::D;")];
        assert_eq!(uphill(&modules(&files)), ["data imports protocol"]);
    }

    #[test]
    fn two_files_that_import_each_other_are_named_and_tests_are_passed_over() {
        let files = [
            ("ui/mod.rs", "mod a; mod b; pub use a::A;"),
            ("ui/a.rs", "use super::b::{B, C as D}; pub mod c { pub use super::c::*; }"),
            ("ui/b.rs", "use crate::ui::a::A;"),
            ("ui/c.rs", "use super::a::A; #[cfg(test)] mod tests { use crate::engine::E; }"),
            ("engine.rs", ""),
        ];
        let modules = modules(&files);
        assert_eq!(mutual(&modules), ["ui/a and ui/b import each other"]);
        assert_eq!(uphill(&modules), [""; 0]);
    }

    #[test]
    fn the_library_keeps_to_the_table() {
        check().expect("imports run downhill");
    }
}
