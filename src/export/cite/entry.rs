//! Entries of reference lists and notes. The styles follow the Chicago Manual of Style, 17th edition, in what people of the
//! humanities and of international relations use every day: articles, chapters, books, theses, web pages.

use super::{
    place::Place,
    rich::Rich,
    work::{
        Work, accessed, address, authors_inverted, authors_natural, container, pages, publisher,
        school, tidy,
    },
};
use crate::model::ReadingMeta;

/// An entry of an author–year list: `Walt, Stephen M. 1985. “Alliance Formation.” *International Security* 9 (4): 3–43.` What
/// `year` says stands for the year.
pub(super) fn author_year(meta: &ReadingMeta, year: &str) -> Rich {
    let meta = &tidy(meta);
    let work = Work::of(meta);
    let (who, title) = (authors_inverted(meta), work.title(meta));
    let year = Rich::plain(year);
    let head = match who.is_empty() {
        true => title.then(". ", year),
        false => who.then(". ", year).then(". ", title),
    };
    let source = match work {
        Work::Article => {
            let (volume, issue) = (&meta.imprint.volume, &meta.imprint.issue);
            let issue = match (volume.as_str(), issue.as_str()) {
                (_, "") => Rich::default(),
                ("", issue) => Rich::plain(format!("no. {issue}")),
                (_, issue) => Rich::plain(format!("({issue})")),
            };
            let between = if volume.is_empty() { ", " } else { " " };
            let number = Rich::plain(volume).then(" ", issue);
            let colon = if number.is_empty() { ", " } else { ": " };
            container(work, meta)
                .then(between, number)
                .then(colon, pages(meta))
        }
        Work::Chapter => part_of(work, meta, "In ").then(". ", publisher(meta)),
        Work::Book => volume(meta, "Vol. ").then(". ", publisher(meta)),
        Work::Thesis => school(meta),
        Work::Page => container(work, meta).then(", ", publisher(meta)),
    };
    with_address(head.then(". ", source), meta)
}

/// An entry of a bibliography to notes: `Walt, Stephen M. “Alliance Formation.” *International Security* 9, no. 4 (1985): 3–43.`
pub(super) fn bibliography(meta: &ReadingMeta) -> Rich {
    let meta = &tidy(meta);
    let work = Work::of(meta);
    let source = match work {
        Work::Article => journal(meta).0,
        Work::Chapter => {
            part_of(work, meta, "In ").then(". ", publisher(meta).then(", ", year(meta)))
        }
        Work::Book => volume(meta, "Vol. ").then(". ", publisher(meta).then(", ", year(meta))),
        Work::Thesis => school(meta).then(", ", year(meta)),
        Work::Page => site(work, meta),
    };
    let head = authors_inverted(meta).then(". ", work.title(meta));
    with_address(head.then(". ", source), meta)
}

/// A note, without the full stop at its end: `Stephen M. Walt, *The Origins of Alliances* (Ithaca: Cornell University Press,
/// 1987), 21, ¶12`; also the entry of a numbered list, when no place is given.
pub(super) fn note(meta: &ReadingMeta, place: Option<&Place>) -> Rich {
    let meta = &tidy(meta);
    let work = Work::of(meta);
    let head = authors_natural(meta).then(", ", work.title(meta));
    let at = |within: &Rich| match place {
        Some(place) if within.is_empty() => Rich::plain(place.to_string()),
        Some(place) => Rich::plain(format!("at {place}")),
        None => Rich::default(),
    };
    let whole = pages(meta);
    let cited = match work {
        Work::Article => {
            let (source, numbered) = journal(meta);
            let is_page = place.is_some_and(|p| p.pages.is_some());
            let between = match numbered && whole.is_empty() && is_page {
                true => ": ",
                false => ", ",
            };
            head.then(", ", source).then(between, at(&whole))
        }
        Work::Chapter => {
            let book = Rich::plain("in ").with(container(work, meta));
            let book = book.then(", ", volume(meta, "vol. "));
            let published = parens(publisher(meta).then(", ", year(meta)));
            head.then(", ", book.then(" ", published))
                .then(", ", whole.clone())
                .then(", ", at(&whole))
        }
        Work::Book => {
            let published = parens(publisher(meta).then(", ", year(meta)));
            let head = head.then(", ", volume(meta, "vol. "));
            head.then(" ", published).then(", ", at(&Rich::default()))
        }
        Work::Thesis => {
            let published = parens(school(meta).then(", ", year(meta)));
            head.then(" ", published).then(", ", at(&Rich::default()))
        }
        Work::Page => head
            .then(", ", site(work, meta))
            .then(", ", at(&Rich::default())),
    };
    let seen =
        accessed(meta).map_or_else(Rich::default, |day| Rich::plain(format!("accessed {day}")));
    cited.then(", ", seen).then(", ", address(meta))
}

/// A note on a work that was cited before: `Walt, *Origins of Alliances*, 21, ¶12`.
pub(super) fn short_note(meta: &ReadingMeta, place: &Place) -> Rich {
    let meta = &tidy(meta);
    let short = ReadingMeta {
        title: short_title(&meta.title).to_owned(),
        ..meta.clone()
    };
    Rich::plain(meta.who())
        .then(", ", Work::of(meta).title(&short))
        .then(", ", Rich::plain(place.to_string()))
}

/// A title without its subtitle and the article that begins it.
pub(super) fn short_title(title: &str) -> &str {
    let main = [": ", "? ", "! ", " – ", " — ", "："]
        .iter()
        .filter_map(|end| title.find(end).filter(|at| *at > 0))
        .min()
        .and_then(|at| title.get(..at))
        .unwrap_or(title);
    without_article(main)
}

/// A title without the English article that begins it, unless nothing else is left.
pub(super) fn without_article(title: &str) -> &str {
    let article = ["The ", "A ", "An "]
        .into_iter()
        .find(|article| title.starts_with(article));
    match article {
        Some(article) => title[article.len()..].trim_start(),
        None => title,
    }
}

/// Journal, volume, issue, year and pages as notes have them, and whether it says a number, after which pages follow a colon.
fn journal(meta: &ReadingMeta) -> (Rich, bool) {
    let issue = match meta.imprint.issue.as_str() {
        "" => Rich::default(),
        issue => Rich::plain(format!("no. {issue}")),
    };
    let (name, volume) = (&meta.imprint.container, &meta.imprint.volume);
    let (year, pages) = (year(meta), pages(meta));
    let numbered = !volume.is_empty() || !issue.is_empty();
    let source = Rich::italic(name)
        .then(" ", Rich::plain(volume))
        .then(", ", issue);
    let source = match numbered {
        true => source.then(" ", parens(year)).then(": ", pages),
        false => source.then(", ", year).then(", ", pages),
    };
    (source, numbered)
}

/// The book that a chapter is part of, with its pages.
fn part_of(work: Work, meta: &ReadingMeta, lead: &str) -> Rich {
    Rich::plain(lead)
        .with(container(work, meta))
        .then(", ", volume(meta, "vol. "))
        .then(", ", pages(meta))
}

/// The volume of a work in several.
fn volume(meta: &ReadingMeta, lead: &str) -> Rich {
    match meta.imprint.volume.as_str() {
        "" => Rich::default(),
        volume => Rich::plain(format!("{lead}{volume}")),
    }
}

/// A site with who runs it and the year.
fn site(work: Work, meta: &ReadingMeta) -> Rich {
    container(work, meta)
        .then(", ", publisher(meta))
        .then(", ", year(meta))
}

fn year(meta: &ReadingMeta) -> Rich {
    Rich::plain(meta.year.map(|y| y.to_string()).unwrap_or_default())
}

fn parens(inner: Rich) -> Rich {
    match inner.is_empty() {
        true => inner,
        false => Rich::plain("(").with(inner).with(Rich::plain(")")),
    }
}

fn with_address(entry: Rich, meta: &ReadingMeta) -> Rich {
    let seen =
        accessed(meta).map_or_else(Rich::default, |day| Rich::plain(format!("Accessed {day}")));
    entry.then(". ", seen).then(". ", address(meta)).ended()
}
