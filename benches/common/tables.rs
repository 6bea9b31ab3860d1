//! Tables and interchange formats: how long a project takes to be written in each.

use std::io::{self, Seek, SeekFrom, Write};

use criterion::{BenchmarkGroup, BenchmarkId, measurement::WallTime};
use glossator::{
    export::{
        interchange,
        order::{Format, Options, Order, Out, Progress, What},
        rows::{self, Field},
    },
    model::Project,
};
use jiff::Timestamp;

/// Counts what is written, and keeps none of it.
#[derive(Default)]
struct Nowhere {
    at: u64,
    end: u64,
}

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.at += bytes.len() as u64;
        self.end = self.end.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Nowhere {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.end.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

fn write(project: &Project, order: &Order, out: &mut dyn Out) {
    let (now, progress) = (Timestamp::UNIX_EPOCH, Progress::default());
    match order.format {
        Format::Xlsx => rows::workbook(project, order, now, &progress, out),
        Format::JsonLd => interchange::annotations(project, order, now, &progress, out),
        Format::Jsonl => interchange::lines(project, order, &progress, out),
        Format::Brat => interchange::brat(project, order, &progress, out),
        _ => rows::separated(project, order, &progress, out),
    }
    .unwrap();
}

/// Every format of tables and of interchange, of a project with `n` highlights.
pub fn tables(group: &mut BenchmarkGroup<'_, WallTime>, project: &Project, n: usize) {
    let formats = [
        (Format::Csv, "csv", &Field::USUAL[..]),
        (Format::Csv, "csv with every field", &Field::ALL[..]),
        (Format::Tsv, "tsv", &Field::USUAL[..]),
        (Format::Xlsx, "xlsx", &Field::USUAL[..]),
        (Format::JsonLd, "json-ld", &[]),
        (Format::Jsonl, "jsonl", &[]),
        (Format::Brat, "brat", &[]),
    ];
    for (format, name, fields) in formats {
        let order = Order {
            what: What::Excerpts,
            format,
            options: Options {
                fields: fields.to_vec(),
                ..Options::default()
            },
            ..Order::default()
        };
        group.bench_function(BenchmarkId::new(name, n), |b| {
            b.iter(|| write(project, &order, &mut Nowhere::default()));
        });
    }
}
