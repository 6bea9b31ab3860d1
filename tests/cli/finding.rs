//! Words found in all readings, and suggestions from cues.

use super::*;

const SECOND: &str = "On facades\n\nEntrapment is not abandonment. “Entrapped” allies know it.\n\nAn ally’s façade: a façade.\n\n\
                      References\n\nAlly, A. (1987). Entrapment.\n";

/// The project of two readings.
fn place() -> Place {
    let place = Place::with_project();
    place.write("on-facades.txt", SECOND);
    place.done("import p on-facades.txt");
    place
}

#[test]
fn hits_are_listed_in_context() {
    let place = place();
    let list = place.done("find p all* --context 25").out;
    let golden = include_str!("../golden/find.txt");
    if std::env::var_os("GLOSSATOR_BLESS").is_some() {
        fs::write("tests/golden/find.txt", &list).unwrap();
    } else {
        assert_eq!(list, golden);
    }
    assert_eq!(place.done("find p nowhere").out, "No hits.\n");
    let words = place.done("find p ally --words --reading doors").out;
    assert!(
        words.contains("an [ally] can be") && words.ends_with("1 hit in 1 reading.\n"),
        "{words}"
    );
}

#[test]
fn hits_go_out_as_csv_and_json() {
    let place = place();
    let csv = place.done("find p FACADE --format csv").out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "n,reading,citation,page,paragraph,before,hit,after,start,end"
    );
    assert!(
        lines[1].starts_with("1,on-facades,") && lines.len() == 4,
        "{csv}"
    );
    let json = place.done("find p façade --accents --format json").json();
    assert_eq!(json["count"], 2);
    let hit = &json["readings"][0]["hits"][1];
    assert_eq!(
        (&hit["hit"], &hit["before"]),
        (&"façade".into(), &"An ally’s façade: a ".into())
    );
    let count = place.done("find p a --count --format tsv").out;
    assert!(count.starts_with("reading\tcitation\thits\n"), "{count}");
    assert_eq!(
        place.done("find p Entrap* --case --format json").json()["count"],
        3
    );
    let regex = place
        .done("find p entrap(ped|ment)\\b --regex --format json")
        .json();
    assert_eq!(regex["count"], 3);
}

#[test]
fn what_is_wrong_with_a_pattern_is_said() {
    let place = place();
    place.fails(
        "find p a(b --regex",
        2,
        &["“a(b”, character 2: This ( has no )", "hint: For the sign"],
    );
    place.fails("find p *", 2, &["Put letters before the *"]);
    place.fails("find p ally --as hit", 2, &["--tag"]);
    place.fails("find p ally --reading nobody", 1, &["there is no reading"]);
    place.fails("find p ally --tag Nothing", 1, &["there is no label"]);
}

#[test]
fn all_hits_are_tagged_as_one_edit() {
    let place = place();
    let said = place.done("find p all* --tag Entrapment --as sentence").out;
    assert_eq!(
        said,
        "Tagged 4 passages with Entrapment, by MK: 4 hits found.\n"
    );
    assert_eq!(place.stats()["highlights"], 4);
    let again = place.done("find p all* --tag Entrapment --as sentence").out;
    assert_eq!(again, "Everything found has Entrapment already.\n");
    let other = place
        .done("find p all* --tag Trust --as sentence --format json")
        .json();
    assert_eq!((&other["hits"], &other["tagged"]), (&4.into(), &4.into()));
    assert_eq!(place.stats()["highlights"], 4);
    place.done("undo p");
    place.done("undo p");
    assert_eq!(place.stats()["highlights"], 0);
    assert!(
        place
            .done("find p nowhere --tag Trust")
            .out
            .starts_with("Nothing was found")
    );
    let said = place.done("find p façade --tag Trust --as paragraph").out;
    assert!(said.starts_with("Tagged 2 passages"), "{said}");
}

#[test]
fn suggestions_are_accepted_and_rejected() {
    let place = place();
    let count = |place: &Place| {
        place
            .done("suggest p --label Entrapment --format json")
            .json()["count"]
            .clone()
    };
    let list = place.done("suggest p --label Entrapment").out;
    assert_eq!(count(&place), 2, "{list}");
    assert!(
        list.contains("[Entrapment] is not") && !list.contains("1987"),
        "{list}"
    );
    let said = place
        .done("suggest p --label entrapment --accept 2 --reject 1")
        .out;
    assert_eq!(
        said,
        "Tagged 1 sentence with Entrapment, by MK. 1 sentence won’t be suggested for Entrapment again.\n"
    );
    assert_eq!(
        (count(&place), &place.stats()["highlights"]),
        (0.into(), &1.into())
    );
    let all = place.done("suggest p --format csv").out;
    assert!(all.contains("Entrapment,0\n"), "{all}");
    place.done("undo p");
    assert_eq!(count(&place), 2);
    assert_eq!(
        place
            .run(&[
                "suggest",
                "p",
                "--label",
                "Entrapment",
                "--coder",
                "AL",
                "--best",
                "--format",
                "json"
            ])
            .json()["count"],
        2
    );
    place.fails(
        "suggest p --label Entrapment --accept 3",
        2,
        &["from 1 to 2"],
    );
    place.fails(
        "suggest p --label Entrapment --accept 1 --reject 1",
        2,
        &["both"],
    );
}
