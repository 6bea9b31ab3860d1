//! What analyses find, written as tables, records and pictures, held against files that were looked at:
//! `GLOSSATOR_BLESS=1 cargo test --test findings` writes them anew.

#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{fs, path::Path, sync::Arc};

use common::seminar;
use glossator::{
    analysis::{Corpus, along, contrast, cooccur, keyness, matrix, query::Query},
    edit::{Edit, apply},
    export::{
        cite::Names,
        finding::{Finding, What, arranged, used},
        picture::Look,
    },
    model::{Label, Project},
    seeds,
};

/// Holds that `actual` is what the file `tests/golden/findings/<name>` says.
fn golden(name: &str, actual: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/findings");
    let path = folder.join(name);
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} came out otherwise; look at it with GLOSSATOR_BLESS=1 and git diff:\n{actual}"
    );
}

fn finding(project: &Project, what: impl Fn(&Corpus) -> What) -> Finding {
    let corpus = Arc::new(Corpus::new(project));
    Finding {
        what: what(&corpus),
        names: Arc::new(Names::of(project)),
        corpus,
    }
}

fn matrix_of(measure: matrix::Measure) -> impl Fn(&Corpus) -> What {
    move |corpus| {
        let spec = matrix::Spec {
            measure,
            ..matrix::Spec::default()
        };
        let found = matrix::matrix(corpus, &spec).unwrap();
        let (rows, columns) = used(&found);
        What::Matrix {
            found: arranged(&found, &rows, &columns),
            spec,
        }
    }
}

fn together(bows: bool) -> impl Fn(&Corpus) -> What {
    move |corpus| {
        let spec = cooccur::Spec {
            nearness: cooccur::Nearness::Paragraph,
            ..cooccur::Spec::default()
        };
        What::Cooccurrence {
            found: cooccur::cooccurrence(corpus, &spec).unwrap(),
            spec,
            jaccard: false,
            bows,
        }
    }
}

fn along_in(parts: Option<usize>) -> impl Fn(&Corpus) -> What {
    move |corpus| {
        let spec = along::Spec::default();
        What::Along {
            found: along::along(corpus, &spec).unwrap(),
            spec,
            parts,
        }
    }
}

fn theories(corpus: &Corpus) -> What {
    let labels = corpus.codebook().labels().iter();
    let spec = contrast::Spec {
        theories: labels.map(|label| label.id.clone()).take(2).collect(),
        ..contrast::Spec::default()
    };
    What::Contrast {
        found: contrast::contrast(corpus, &spec).unwrap(),
        spec,
        quotes: 2,
    }
}

fn words(corpus: &Corpus) -> What {
    let first = &corpus.codebook().labels()[0].name;
    let spec = keyness::Spec {
        target: Query::parse(&format!("label:\"{first}\"")).unwrap(),
        least: 1,
        most: 12,
        ..keyness::Spec::default()
    };
    What::Keyness {
        found: keyness::keyness(corpus, &spec).unwrap(),
        spec,
        shown: 12,
    }
}

fn picture(finding: &Finding, look: &Look) -> String {
    finding.picture(look, seeds::fonts()).unwrap().svg()
}

#[test]
fn tables() {
    let project = seminar();
    let all: [(&str, Finding); 6] = [
        (
            "matrix",
            finding(&project, matrix_of(matrix::Measure::Count)),
        ),
        (
            "share",
            finding(&project, matrix_of(matrix::Measure::Share)),
        ),
        ("together", finding(&project, together(false))),
        ("along", finding(&project, along_in(None))),
        ("theories", finding(&project, theories)),
        ("words", finding(&project, words)),
    ];
    for (name, finding) in all {
        golden(&format!("{name}.csv"), &finding.table().csv(false));
        golden(&format!("{name}.txt"), &finding.text());
        golden(&format!("{name}.json"), &finding.json());
        // The same record in the other notation.
        let ron: ron::Value = ron::from_str(&finding.ron()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&finding.json()).unwrap();
        let ron::Value::Map(fields) = ron else {
            panic!("{name} is no record")
        };
        assert_eq!(fields.len(), json.as_object().unwrap().len(), "{name}");
    }
}

#[test]
fn pictures() {
    let project = seminar();
    let titled = Look {
        title: "What the seminar found".into(),
        ..Look::default()
    };
    let dark = Look {
        dark: true,
        width: 720.0,
        legend: false,
        ..Look::default()
    };
    let matrix = finding(&project, matrix_of(matrix::Measure::Count));
    golden("matrix.svg", &picture(&matrix, &titled));
    golden("matrix-dark.svg", &picture(&matrix, &dark));
    let share = finding(&project, matrix_of(matrix::Measure::Share));
    golden("share.svg", &picture(&share, &Look::default()));
    let tiles = finding(&project, together(false));
    golden("together.svg", &picture(&tiles, &Look::default()));
    let bows = finding(&project, together(true));
    golden("bows.svg", &picture(&bows, &Look::default()));
    let marks = finding(&project, along_in(None));
    golden("along.svg", &picture(&marks, &Look::default()));
    let parts = finding(&project, along_in(Some(20)));
    golden("along-parts.svg", &picture(&parts, &Look::default()));
    let theories = finding(&project, theories);
    golden("theories.svg", &picture(&theories, &Look::default()));
    golden("theories-wide.svg", &picture(&theories, &dark));
    let words = finding(&project, words);
    golden("words.svg", &picture(&words, &Look::default()));
}

#[test]
fn a_label_that_is_a_formula_does_no_harm_in_a_spreadsheet() {
    let mut project = seminar();
    let first = project.codebook()[0].1.clone();
    let evil = Label {
        name: "=HYPERLINK(\"http://evil\",\"click\")".into(),
        ..first
    };
    apply(&mut project, Edit::ChangeLabel(evil)).unwrap();
    let matrix = finding(&project, matrix_of(matrix::Measure::Count));
    let csv = matrix.table().csv(false);
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil\"\""), "{csv}");
    let tsv = finding(&project, together(false)).table().tsv();
    for cell in tsv.lines().flat_map(|line| line.split('\t')) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    assert!(
        matrix.json().contains("\"=HYPERLINK("),
        "programs get it as it is"
    );
}

#[test]
fn without_anything_there_is_a_table_and_no_picture() {
    let project = Project::new("Empty");
    let matrix = finding(&project, matrix_of(matrix::Measure::Count));
    assert_eq!(matrix.table().csv(false), "label\n");
    let error = matrix
        .picture(&Look::default(), seeds::fonts())
        .unwrap_err();
    assert_eq!(error.to_string(), "there is nothing to be shown");
    let words = Finding {
        what: What::Keyness {
            spec: keyness::Spec::default(),
            found: keyness::Keyness::default(),
            shown: 10,
        },
        ..matrix
    };
    assert!(words.picture(&Look::default(), seeds::fonts()).is_err());
    assert_eq!(words.table().rows.len(), 0);
}
