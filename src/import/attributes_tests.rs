use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::{
    edit::apply,
    export::attributes::{Values, table},
    model::Structure,
    text::Text,
};

use crate::edit::tests::random;

/// Readings `walt`, `lo` and two called “Poles”.
fn project() -> Project {
    let mut project = Project::new("P");
    for (id, title, key) in [
        ("walt", "The origins", "walt1987"),
        ("lo", "A wary embrace", ""),
        ("poles", "Poles", ""),
        ("poles-2", "Poles", ""),
    ] {
        let mut meta = ReadingMeta {
            title: title.to_owned(),
            year: Some(1987),
            ..ReadingMeta::default()
        };
        key.clone_into(&mut meta.imprint.key);
        add(&mut project, id, meta);
    }
    project
}

fn add(project: &mut Project, id: &str, meta: ReadingMeta) {
    let reading = Reading {
        id: ReadingId::new(id).unwrap(),
        meta,
        text: Text::new("Words.\n"),
        sha256: String::new(),
        words: 1,
        structure: Structure::default(),
        source_name: String::new(),
        encoding: String::new(),
        source_sha256: String::new(),
        revises: None,
        remarks: Vec::new(),
        imported: Timestamp::UNIX_EPOCH,
    };
    apply(project, Edit::AddReading(Arc::new(reading))).unwrap();
}

fn taken(project: &mut Project, csv: &str) -> Sheet {
    let sheet = read(project, csv.as_bytes()).unwrap();
    if let Some(edit) = sheet.edit() {
        apply(project, edit).unwrap();
    }
    sheet
}

fn meta<'a>(project: &'a Project, id: &str) -> &'a ReadingMeta {
    &project.reading(&ReadingId::new(id).unwrap()).unwrap().meta
}

fn says(project: &Project, id: &str, name: &str) -> String {
    let value = meta(project, id).attributes.get(name);
    value.map_or_else(String::new, Value::typed)
}

#[test]
fn rows_find_their_reading_by_id_key_and_title() {
    let mut p = project();
    let sheet = taken(
        &mut p,
        "title,id,Key,Country,peer reviewed\nwhat it is called,lo,,Russia,no\n,,WALT1987,US,yes\n a  WARY embrace ,,,,\n",
    );
    assert_eq!(sheet.changed.len(), 2);
    assert_eq!(says(&p, "lo", "Country"), "Russia");
    assert_eq!(says(&p, "walt", "peer reviewed"), "yes");
    // With an id the title is a new one.
    assert_eq!(meta(&p, "lo").title, "what it is called");
    assert_eq!(sheet.left_out.len(), 1, "{:?}", sheet.left_out);
    let sheet = taken(&mut p, "title,country\nThe ORIGINS,France\n");
    assert_eq!(says(&p, "walt", "Country"), "France");
    assert_eq!(meta(&p, "walt").title, "The origins");
    assert_eq!(sheet.changed.len(), 1);
}

#[test]
fn empty_cells_change_nothing_and_a_dash_removes() {
    let mut p = project();
    taken(&mut p, "id,country,n,year\nlo,Russia,3,2008\n");
    let sheet = taken(&mut p, "id,country,n,year\nlo,,,\n");
    assert_eq!((sheet.changed.len(), sheet.same), (0, 1));
    taken(&mut p, "id,country,n,year,sign\nlo,-,,-,'-\n");
    assert_eq!(says(&p, "lo", "country"), "");
    assert_eq!(says(&p, "lo", "n"), "3");
    assert_eq!(says(&p, "lo", "sign"), "-");
    assert_eq!(meta(&p, "lo").year, None);
}

#[test]
fn separators_marks_and_encodings_are_told_by_the_file() {
    for (csv, n) in [
        ("id;country;share\r\nlo;\"Côte; d'Ivoire\";2,5\r\n", "2.5"),
        (
            "sep=;\nid;country;share\nlo;\"Côte; d'Ivoire\";-2,5\n",
            "-2.5",
        ),
        (
            "\u{feff}id\tcountry\tshare\nlo\tCôte; d'Ivoire\t2,5\n",
            "2.5",
        ),
        ("id,country,share\nlo,Côte; d'Ivoire,\"2,5\"\n", "2,5"),
    ] {
        let mut p = project();
        taken(&mut p, csv);
        assert_eq!(says(&p, "lo", "country"), "Côte; d'Ivoire", "{csv}");
        assert_eq!(says(&p, "lo", "share"), n, "{csv}");
    }
    let p = project();
    let utf_16: Vec<u8> = "\u{feff}id\tcountry\nlo\tChina 勢\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let sheet = read(&p, &utf_16).unwrap();
    assert_eq!(sheet.changed.len(), 1);
    let latin =
        b"id;pays\nlo;C\xF4te d'Ivoire, tr\xE8s loin de la Russie et de l'Europe enti\xE8re\n";
    let sheet = read(&p, latin).unwrap();
    let meta = sheet.changed.values().next().unwrap();
    assert!(
        meta.attributes["pays"]
            .to_string()
            .starts_with("Côte d'Ivoire")
    );
}

#[test]
fn errors_name_row_and_column_and_change_nothing() {
    let p = project();
    let said = |csv: &str| read(&p, csv.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        said("id,year,title\nlo,19b7,\nwalt,,-\npoles,2001,\n"),
        "row 2, column “year”: “19b7” is no year\nrow 3, column “title”: a reading can't be without a title"
    );
    assert_eq!(said("id,n,N\nlo,1,2\n"), "two columns are called “N”");
    assert_eq!(
        said("id,,n\nlo,1,2\n"),
        "row 2 has something in column 2, which has no name"
    );
    assert!(said("id,n\nlo,1,2\n").contains("column 3"));
    assert!(said("country,n\nRussia,1\n").contains("no column is called “id”"));
    assert_eq!(read(&p, b""), Err(SheetError::Empty));
    assert_eq!(read(&p, b"\0\x01\x02\0\0"), Err(SheetError::NotText));
}

#[test]
fn readings_that_are_not_there_are_left_out() {
    let p = project();
    let sheet = read(
        &p,
        b"title,country\nNever written,Mars\nPoles,Poland\nThe origins,US\nThe Origins,UK\n,France\n\n",
    )
    .unwrap();
    let said: Vec<String> = sheet.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[0], "row 2: there is no reading “Never written”");
    assert!(said[1].starts_with("row 3: more than one reading is called “Poles”"));
    assert_eq!(said[2], "row 5: it is about “The origins”, as row 4 is");
    assert_eq!(said[3], "row 6: it names no reading");
    assert_eq!(sheet.changed.len(), 1);
}

#[test]
fn a_name_is_no_detail_s() {
    let known = BTreeSet::from(["Country".to_owned()]);
    assert_eq!(
        Column::attribute(" country ", &known),
        Ok("Country".to_owned())
    );
    assert_eq!(
        Column::attribute("type  of text", &known),
        Ok("type of text".to_owned())
    );
    assert!(Column::attribute("Year", &known).is_err());
    assert!(Column::attribute(" ", &known).is_err());
}

proptest::proptest! {
    #[test]
    fn what_is_written_reads_back(seed in proptest::prelude::any::<u64>()) {
        let mut random = random::Random::new(seed);
        let (mut full, mut bare) = (Project::new("P"), Project::new("P"));
        for n in 0..6 {
            let mut details = random::meta(&mut random);
            details.title = format!("Title {n}");
            details.kind = crate::text::fold_space(&details.kind);
            details.authors.retain(|a| !a.contains(';'));
            add(&mut full, &format!("r{n}"), details.clone());
            let title = details.title.clone();
            add(&mut bare, &format!("r{n}"), ReadingMeta { title, ..ReadingMeta::default() });
        }
        let table = table(&full, Values::Typed);
        let as_written = read(&full, table.csv(true).as_bytes()).unwrap();
        proptest::prop_assert_eq!(as_written.changed.len(), 0);
        let sheet = read(&bare, table.csv(false).as_bytes()).unwrap();
        for shelf in full.shelves() {
            let id = &shelf.reading.id;
            let wanted = &shelf.reading.meta;
            let got = sheet.changed.get(id).unwrap_or(meta(&bare, id.as_str()));
            proptest::prop_assert_eq!(&got.attributes, &wanted.attributes);
            proptest::prop_assert_eq!(&got.authors, &wanted.authors);
            proptest::prop_assert_eq!(got.year, wanted.year);
        }
    }

    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = read(&project(), &bytes);
    }
}
