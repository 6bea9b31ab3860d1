use super::*;

fn table() -> Table {
    let mut table = Table::new("Words", &["word", "n", "share", "note"]);
    table.rows = vec![
        vec![
            "勢".into(),
            1234_u32.into(),
            Cell::Number(0.125, 2),
            Cell::Empty,
        ],
        vec![
            "=HYPERLINK(\"x\")".into(),
            Cell::Count(7),
            Cell::Number(-0.5, 2),
            "two\nlines,\ta tab".into(),
        ],
    ];
    table
}

#[test]
fn csv_is_read_by_others_as_it_was() {
    let text = table().csv(false);
    assert_eq!(
        text,
        "word,n,share,note\n勢,1234,0.125,\n\"'=HYPERLINK(\"\"x\"\")\",7,-0.5,\"two\nlines,\ta tab\"\n"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(unguarded(&rows[1][0]), "=HYPERLINK(\"x\")");
    assert_eq!(&rows[1][3], "two\nlines,\ta tab");
    assert_eq!(table().csv(true), format!("\u{FEFF}{text}"));
}

#[test]
fn a_cell_of_tsv_holds_neither_tab_nor_line_break() {
    assert_eq!(
        table().tsv(),
        "word\tn\tshare\tnote\n勢\t1234\t0.125\t\n'=HYPERLINK(\"x\")\t7\t-0.5\ttwo lines, a tab\n"
    );
}

#[test]
fn formulas_are_closed_in_headings_too() {
    let table = Table {
        columns: vec!["@SUM(A1)".into()],
        ..Table::default()
    };
    assert_eq!(table.csv(false), "'@SUM(A1)\n");
    assert_eq!(table.tsv(), "'@SUM(A1)\n");
}

#[test]
fn records_keep_types() {
    let json: serde_json::Value = serde_json::from_str(&table().json()).unwrap();
    assert_eq!(
        json["rows"][0],
        serde_json::json!(["勢", 1234, 0.125, null])
    );
    assert_eq!(json["rows"][1][0], "=HYPERLINK(\"x\")");
    let ron: ron::Value = ron::from_str(&table().ron()).unwrap();
    let ron::Value::Map(fields) = ron else {
        panic!("not a record: {ron:?}")
    };
    assert_eq!(fields.len(), 3);
}

#[test]
fn columns_line_up_in_a_terminal() {
    assert_eq!(
        table().text(),
        "word                 n  share  note\n\
         勢               1,234   0.12\n\
         =HYPERLINK(\"x\")      7  -0.50  two lines, a tab\n"
    );
}

#[test]
fn a_table_without_rows_is_its_headings() {
    let empty = Table::new("", &["a", "b"]);
    assert_eq!(empty.csv(false), "a,b\n");
    assert_eq!(empty.text(), "a  b\n");
}
