//! Glossator.
fn main() {
    let project = std::env::args_os().nth(1).map(Into::into);
    if let Err(e) = glossator::app::run(project) {
        eprintln!("{e}");
    }
}
