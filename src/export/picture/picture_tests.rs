use proptest::prelude::*;

use super::*;
use crate::seeds;

const RED: Color = Color([0xC1, 0x44, 0x38]);

fn tile(n: u32) -> Tile {
    Tile {
        share: n as f32 / 9999.0,
        text: if n == 0 { String::new() } else { n.to_string() },
        short: if n == 0 { String::new() } else { n.to_string() },
        ..Tile::default()
    }
}

fn map(names: &[String], columns: &[String], numbers: &[u32], triangle: bool) -> Heat {
    let row = |(at, name): (usize, &String)| {
        let count = if triangle { at + 1 } else { columns.len() };
        HeatRow {
            name: name.clone(),
            depth: at % 3,
            color: RED,
            cells: (0..count)
                .map(|c| tile(numbers[(at * 7 + c) % numbers.len()]))
                .collect(),
        }
    };
    Heat {
        columns: columns.to_vec(),
        rows: names.iter().enumerate().map(row).collect(),
        triangle,
        scale: Some(("1".into(), "9,999".into(), "highlights".into())),
        ramp: None,
        caption: "Highlights by label and reading.".into(),
    }
}

fn look(width: f32) -> Look {
    Look {
        width,
        title: "A title that is longer than most pictures are wide, so that it takes two lines"
            .into(),
        ..Look::default()
    }
}

/// The corners of a text: along its baseline, and up by a capital letter.
fn corners(words: &Words) -> Vec<(f32, f32)> {
    let fonts = seeds::fonts();
    let width = fonts.width(&words.text, words.face, words.size);
    let start = match words.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let (sin, cos) = words.turn.to_radians().sin_cos();
    let turned = |(x, y): (f32, f32)| {
        (
            words.at.0 + x * cos - y * sin,
            words.at.1 + x * sin + y * cos,
        )
    };
    let top = -words.size * canvas::CAPITAL;
    [
        (start, 0.0),
        (start + width, 0.0),
        (start, top),
        (start + width, top),
    ]
    .map(turned)
    .to_vec()
}

fn words(picture: &Picture) -> impl Iterator<Item = &Words> {
    picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Words(words) => Some(words),
        _ => None,
    })
}

/// All that is drawn lies within the picture.
fn assert_within(picture: &Picture) {
    let inside = |(x, y): (f32, f32)| {
        (-0.5..=picture.width + 0.5).contains(&x) && (-0.5..=picture.height + 0.5).contains(&y)
    };
    for words in words(picture) {
        let corners = corners(words);
        assert!(
            corners.iter().all(|c| inside(*c)),
            "{words:?} at {corners:?}"
        );
    }
    for shape in &picture.shapes {
        let ends = match shape {
            Shape::Tile { area, .. } => vec![
                (area.x, area.y),
                (area.x + area.width, area.y + area.height),
            ],
            Shape::Line { from, to, .. } => vec![*from, *to],
            Shape::Bow {
                from, to, reach, ..
            } => vec![*from, *to, (from.0 + reach, from.1)],
            Shape::Dot { at, .. } => vec![*at],
            Shape::Words(_) => Vec::new(),
        };
        assert!(ends.iter().all(|end| inside(*end)), "{shape:?}");
    }
}

/// No two level lines of text lie on each other.
fn assert_apart(picture: &Picture) {
    let level: Vec<(&Words, Vec<(f32, f32)>)> = words(picture)
        .filter(|words| words.turn == 0.0)
        .map(|words| (words, corners(words)))
        .collect();
    for (at, (a, corners_a)) in level.iter().enumerate() {
        for (b, corners_b) in &level[at + 1..] {
            let (left, right) = (corners_a[0].0, corners_a[1].0);
            let (low, high) = (corners_a[0].1, corners_a[2].1);
            let apart = corners_b[1].0 <= left + 0.6
                || corners_b[0].0 >= right - 0.6
                || corners_b[0].1 <= high + 0.1
                || corners_b[2].1 >= low - 0.1;
            assert!(apart, "{a:?}\n{b:?}");
        }
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,12}( [a-z]{1,14}){0,6}",
        "[勢均力敵不相上下]{1,20}",
        "[A-Z][a-z]{30,60}",
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn heat_maps_hold_their_width_and_nothing_collides(
        names in prop::collection::vec(name(), 1..30),
        columns in prop::collection::vec(name(), 1..40),
        numbers in prop::collection::vec(prop_oneof![Just(0u32), 1u32..20, 1u32..9999], 1..60),
        width in 160f32..900.0,
        triangle in any::<bool>(),
    ) {
        let columns = if triangle { names.clone() } else { columns };
        match heat(&map(&names, &columns, &numbers, triangle), &look(width), seeds::fonts()) {
            Ok(picture) => {
                prop_assert_eq!(picture.width, width);
                assert_within(&picture);
                assert_apart(&picture);
            }
            // What it says that it needs is enough.
            Err(PictureError::TooNarrow { needed, .. }) => {
                prop_assert!(needed > width);
                let wider = heat(&map(&names, &columns, &numbers, triangle), &look(needed + 1.0), seeds::fonts());
                prop_assert!(wider.is_ok(), "{needed} {:?}", wider.err());
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn strips_bars_and_quotes_hold_their_width(
        names in prop::collection::vec(name(), 1..12),
        others in prop::collection::vec(name(), 1..9),
        width in 260f32..900.0,
    ) {
        let fonts = seeds::fonts();
        let many = Strips {
            lanes: names.iter().map(|name| Lane { name: name.clone(), color: RED }).collect(),
            rows: others.iter().map(|name| StripsRow {
                name: name.clone(),
                marks: (0..names.len()).map(|lane| Stretch { lane, from: 0.99, to: 1.0, share: 1.0 }).collect(),
            }).collect(),
            caption: String::new(),
        };
        let long = Bars {
            what: "Word".into(),
            measure: "Keyness".into(),
            columns: vec!["G²".into(), "here".into()],
            rows: names.iter().map(|name| Bar {
                name: name.clone(),
                share: -0.5,
                numbers: vec!["−12.5".into(), "1,000".into()],
            }).collect(),
            kinds: Some(("more frequent here".into(), "rarer here".into())),
            caption: String::new(),
        };
        let cell = vec![
            Block::Claim(others.join(" ")),
            Block::Quote { text: names.join(" "), cited: "(Walt 1987, 21)".into() },
        ];
        let table = Quotes {
            columns: (0..others.len().min(6)).map(|n| format!("Column {n}")).collect(),
            rows: names.iter().map(|name| QuotesRow {
                name: name.clone(),
                cells: vec![cell.clone(); others.len().min(6)],
                ..QuotesRow::default()
            }).collect(),
            caption: String::new(),
        };
        let all = [
            strips(&many, &look(width), fonts),
            bars(&long, &look(width), fonts),
            quotes(&table, &look(width), fonts),
        ];
        for picture in all {
            let picture = picture.unwrap();
            assert_within(&picture);
            assert_apart(&picture);
        }
    }
}

#[test]
fn fifty_labels_by_forty_readings_fit_a_page() {
    let names: Vec<String> = (0..50)
        .map(|n| format!("A label with number {n}"))
        .collect();
    let columns: Vec<String> = (0..40).map(|n| format!("Surname {}", 1980 + n)).collect();
    let numbers: Vec<u32> = (0..97).map(|n| n % 13).collect();
    let picture = heat(
        &map(&names, &columns, &numbers, false),
        &look(482.0),
        seeds::fonts(),
    )
    .unwrap();
    assert_within(&picture);
    assert_apart(&picture);
    assert!(picture.height < 842.0, "{}", picture.height);
    let smallest = words(&picture).map(|w| w.size).fold(f32::MAX, f32::min);
    assert!(smallest >= 4.9, "{smallest}");
}

#[test]
fn bows_reach_no_farther_than_the_margin() {
    let node = |n: usize| Node {
        name: format!("Label {n}"),
        color: RED,
        number: "12".into(),
        share: 1.0,
    };
    let link = |(a, b): (usize, usize)| Link {
        a,
        b,
        share: 0.5,
        number: "3".into(),
    };
    let all = Graph {
        nodes: (0..30).map(node).collect(),
        links: [(0, 29), (3, 4), (7, 2)].map(link).to_vec(),
        caption: String::new(),
    };
    for width in [200.0, 480.0] {
        let picture = graph(&all, &look(width), seeds::fonts()).unwrap();
        assert_within(&picture);
    }
    let none = Graph {
        links: Vec::new(),
        ..all
    };
    let error = graph(&none, &look(480.0), seeds::fonts()).unwrap_err();
    assert_eq!(error.to_string(), "no two labels are found together");
}

fn small() -> Picture {
    let names = ["<b>&\"'\u{1}".to_owned(), "勢".to_owned()];
    let heat_map = map(&names, &names, &[0, 3], false);
    heat(&heat_map, &look(200.0), seeds::fonts()).unwrap()
}

#[test]
fn svg_is_well_formed_whatever_a_label_is_called() {
    let svg = small().svg();
    assert!(svg.contains("&lt;b&gt;&amp;&quot;"), "{svg}");
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
    assert!(tree.size().width() > 200.0);
    let outlined = small().outlined(seeds::fonts()).unwrap();
    assert!(!outlined.contains("<text") && outlined.contains("<path"));
}

#[test]
fn a_png_says_its_size_and_its_resolution() {
    let picture = small();
    let png = picture.png(seeds::fonts(), 144.0).unwrap();
    let image = image::load_from_memory(&png).unwrap();
    assert_eq!((image.width(), image.height()), picture.pixels(144.0));
    assert_eq!(image.width(), 400);
    assert_eq!(&png[33..41], b"\0\0\0\x09pHYs");
    // 144 dots an inch are 5669 a metre.
    assert_eq!(png[41..50], [0, 0, 0x16, 0x25, 0, 0, 0x16, 0x25, 1]);
    let ink = image.to_rgb8().pixels().filter(|p| p.0 != [255; 3]).count();
    assert!(ink > 1000, "{ink}");
}

#[test]
fn what_can_t_be_drawn_is_said() {
    let error = small().png(seeds::fonts(), 60_000.0).unwrap_err();
    assert!(matches!(error, PictureError::TooLarge { .. }), "{error}");
    let names = vec!["a".to_owned(); 300];
    let wide = map(&names[..1], &names, &[1000], false);
    let error = heat(&wide, &look(480.0), seeds::fonts()).unwrap_err();
    assert!(
        matches!(error, PictureError::TooNarrow { what: "columns", needed } if needed > 480.0),
        "{error}"
    );
    for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let any = heat(
            &map(&names[..2], &names[..2], &[1], false),
            &look(width),
            seeds::fonts(),
        );
        assert!(any.is_err(), "{width}");
    }
}

#[test]
fn dark_pictures_have_light_text() {
    let dark = Look {
        dark: true,
        ..look(300.0)
    };
    let names = ["One".to_owned()];
    let picture = heat(&map(&names, &names, &[0], false), &dark, seeds::fonts()).unwrap();
    assert!(picture.ground.luminance() < 0.05);
    for words in words(&picture) {
        assert!(words.color.contrast(picture.ground) >= 4.5, "{words:?}");
    }
}
