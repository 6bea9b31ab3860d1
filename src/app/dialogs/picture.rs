//! Saving a picture of what was found: format, size, colours, and how it will look.

use std::{path::PathBuf, sync::Arc};

use egui::{
    Align, ColorImage, Context, DragValue, Layout, RichText, ScrollArea, TextEdit, TextureHandle,
    TextureOptions, Ui, vec2,
};

use super::{
    buttons, dim,
    save::{SavePath, written},
};
use crate::{
    app::{
        App, access,
        exporting::Exporting,
        jobs::Ask,
        settings::{LengthUnit, PictureFormat, PictureSettings, Settings},
        theme, words,
        worker::Worked,
    },
    export::{
        finding::{Finding, What},
        picture::{Look, Picture},
    },
    seeds,
};

/// Everything that decides how the picture comes out.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    settings: PictureSettings,
    title: String,
    variant: Variant,
}

/// What can be chosen of some findings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Variant {
    bows: bool,
    parts: Option<usize>,
    quotes: usize,
    shown: usize,
}

impl Variant {
    fn of(finding: &Finding) -> Self {
        let mut variant = Self::default();
        match &finding.what {
            What::Cooccurrence { bows, .. } => variant.bows = *bows,
            What::Along { parts, .. } => variant.parts = *parts,
            What::Contrast { quotes, .. } => variant.quotes = *quotes,
            What::Keyness { shown, .. } => variant.shown = *shown,
            What::Matrix { .. } | What::Table(_) => {}
        }
        variant
    }

    fn apply(self, finding: &mut Finding) {
        match &mut finding.what {
            What::Cooccurrence { bows, .. } => *bows = self.bows,
            What::Along { parts, .. } => *parts = self.parts,
            What::Contrast { quotes, .. } => *quotes = self.quotes,
            What::Keyness { shown, .. } => *shown = self.shown,
            What::Matrix { .. } | What::Table(_) => {}
        }
    }
}

impl Choice {
    fn look(&self) -> Look {
        Look {
            width: self.settings.points(),
            dark: self.settings.dark,
            title: self.title.clone(),
            legend: self.settings.legend,
        }
    }

    /// Draws it.
    fn draw(&self, finding: &Finding) -> Result<Picture, String> {
        let mut finding = finding.clone();
        self.variant.apply(&mut finding);
        let picture = finding.picture(&self.look(), seeds::fonts());
        picture.map_err(|error| sentence(&error.to_string()))
    }

    /// The file it makes.
    fn file(&self, finding: &Finding) -> Result<Vec<u8>, String> {
        let picture = self.draw(finding)?;
        let fonts = seeds::fonts();
        let file = match (self.settings.format, self.settings.outlines) {
            (PictureFormat::Png, _) => picture.png(fonts, self.settings.dpi),
            (PictureFormat::Svg, true) => picture.outlined(fonts).map(String::into_bytes),
            (PictureFormat::Svg, false) => Ok(picture.svg().into_bytes()),
        };
        file.map_err(|error| sentence(&error.to_string()))
    }

    fn image(&self, finding: &Finding, dpi: f32) -> Result<ColorImage, String> {
        let raster = self.draw(finding)?.raster(seeds::fonts(), dpi);
        let raster = raster.map_err(|error| sentence(&error.to_string()))?;
        let size = [raster.width as usize, raster.height as usize];
        Ok(ColorImage::from_rgb(size, &raster.rgb))
    }
}

/// A sentence of what an error says.
fn sentence(error: &str) -> String {
    let mut chars = error.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    format!("{}.", first.chain(chars).collect::<String>())
}

/// A preview as it came from its thread.
struct Preview {
    image: ColorImage,
    /// The height of the picture in points.
    height: f32,
}

/// What a preview is drawn from: the choice, and how many pixels wide it shows.
type Key = (Choice, u32);

/// The dialog.
pub struct PictureDialog {
    finding: Arc<Finding>,
    choice: Choice,
    path: SavePath,
    preview: Worked<Key, Result<Preview, String>>,
    texture: Option<(Key, TextureHandle)>,
}

impl PictureDialog {
    /// With the choices of the last time.
    pub fn new(finding: Finding, settings: &Settings) -> Self {
        let mut path = SavePath::default();
        path.offer(&usual_name(&finding), settings.picture.format.extension());
        Self {
            choice: Choice {
                settings: settings.picture.clone(),
                title: String::new(),
                variant: Variant::of(&finding),
            },
            finding: Arc::new(finding),
            path,
            preview: Worked::default(),
            texture: None,
        }
    }

    pub(super) fn picked(&mut self, paths: Vec<PathBuf>) {
        self.path.picked(paths);
    }

    pub(super) fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        let height = (ui.ctx().content_rect().height() - 290.0).clamp(200.0, 560.0);
        let row = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Min), |ui| {
            ui.vertical(|ui| {
                ui.set_width(250.0);
                ui.set_height(height);
                ScrollArea::vertical()
                    .id_salt("picture choices")
                    .auto_shrink(false)
                    .show(ui, |ui| self.choices(ui));
            });
            ui.add_space(10.0);
            ui.vertical(|ui| self.preview(app, ui, height));
        });
        ui.add_space(4.0);
        self.remember(app);
        let format = self.choice.settings.format;
        self.path.row(
            app,
            ui,
            Ask::Save(format.file_name().to_owned()),
            "Save picture to",
        );
        if ui.button("Copy to the clipboard").clicked() {
            self.copy(app, ui.ctx());
        }
        let fits = self.path.check(app, ui);
        let ready = fits && app.exporting.is_none();
        let (cancelled, done) = buttons(ui, self.path.verb("Save"), ready);
        if done {
            let (finding, choice) = (Arc::clone(&self.finding), self.choice.clone());
            let path = self.path.path();
            app.exporting = Some(Exporting::at_once(&app.workers, move || {
                let file = choice.file(&finding)?;
                written(&path, &file, "Saved")
            }));
            return true;
        }
        cancelled
    }

    fn copy(&self, app: &mut App, ctx: &Context) {
        let (finding, choice, ctx) = (Arc::clone(&self.finding), self.choice.clone(), ctx.clone());
        app.exporting = Some(Exporting::at_once(&app.workers, move || {
            let image = choice.image(&finding, choice.settings.dpi)?;
            ctx.copy_image(image);
            Ok("Picture copied.".to_owned())
        }));
    }

    /// Keeps the choices for the next time.
    fn remember(&self, app: &mut App) {
        if app.settings.picture != self.choice.settings {
            app.settings.picture = self.choice.settings.clone();
            app.save_settings();
        }
    }

    fn choices(&mut self, ui: &mut Ui) {
        let settings = &mut self.choice.settings;
        let before = settings.format;
        for (format, name) in PictureFormat::ALL {
            ui.radio_value(&mut settings.format, format, name);
        }
        if before != settings.format {
            let name = usual_name(&self.finding);
            self.path.offer(&name, settings.format.extension());
        }
        ui.add_space(6.0);
        size(ui, settings);
        ui.add_space(6.0);
        let title = ui.label(RichText::new("Title").size(12.5));
        ui.add(
            TextEdit::singleline(&mut self.choice.title)
                .hint_text(self.finding.title())
                .desired_width(f32::INFINITY),
        )
        .labelled_by(title.id);
        ui.checkbox(&mut settings.legend, "Legend and caption");
        ui.checkbox(&mut settings.dark, "Dark, for a dark slide");
        if settings.format == PictureFormat::Svg {
            ui.checkbox(&mut settings.outlines, "Text as shapes")
                .on_hover_text(
                    "It looks the same in any program then, but can’t be searched or edited.",
                );
        }
        ui.add_space(6.0);
        self.variants(ui);
    }

    /// What can be chosen of this finding.
    fn variants(&mut self, ui: &mut Ui) {
        let variant = &mut self.choice.variant;
        match &self.finding.what {
            What::Cooccurrence { .. } => {
                ui.radio_value(&mut variant.bows, false, "Tiles");
                ui.radio_value(&mut variant.bows, true, "Bows between names");
            }
            What::Along { .. } => {
                ui.radio_value(&mut variant.parts, None, "Each highlight");
                ui.radio_value(&mut variant.parts, Some(50), "How dense they lie");
            }
            What::Contrast { .. } => {
                number(ui, "Quotes in a cell", &mut variant.quotes, 1..=9);
            }
            What::Keyness { .. } => number(ui, "Words", &mut variant.shown, 5..=100),
            What::Matrix { .. } | What::Table(_) => {}
        }
    }

    fn preview(&mut self, app: &App, ui: &mut Ui, height: f32) {
        let width = ui.available_width() - 14.0;
        let pixels = (width * ui.ctx().pixels_per_point()).round().max(1.0);
        let key = (self.choice.clone(), pixels as u32);
        let (finding, choice) = (Arc::clone(&self.finding), self.choice.clone());
        let work = move || draw_preview(&choice, &finding, pixels);
        self.preview.get(&app.workers, key.clone(), work);
        let is_current = self.preview.is_current(&key);
        match self.preview.latest() {
            None => {
                ui.spinner();
            }
            Some(Err(error)) => {
                let color = theme::palette(ui.ctx()).error;
                ui.label(RichText::new(error).color(color));
            }
            Some(Ok(preview)) => {
                let is_there = self.texture.as_ref().is_some_and(|(k, _)| *k == key);
                if !is_there && is_current || self.texture.is_none() {
                    let options = TextureOptions::LINEAR;
                    let image = preview.image.clone();
                    let texture = ui.ctx().load_texture("picture preview", image, options);
                    self.texture = Some((key, texture));
                }
                let (points, settings) = (preview.height, &self.choice.settings);
                let what = measures(settings, points);
                show_texture(ui, self.texture.as_ref(), width, height - 26.0);
                dim(ui, what);
            }
        }
    }
}

/// Draws the preview, so many pixels wide.
fn draw_preview(choice: &Choice, finding: &Finding, pixels: f32) -> Result<Preview, String> {
    let picture = choice.draw(finding)?;
    let dpi = pixels / picture.width * 72.0;
    // A very high picture is shown coarser: textures have a limit.
    let dpi = dpi.min(MOST_PIXELS / picture.height * 72.0);
    let raster = picture.raster(seeds::fonts(), dpi);
    let raster = raster.map_err(|error| sentence(&error.to_string()))?;
    let size = [raster.width as usize, raster.height as usize];
    Ok(Preview {
        image: ColorImage::from_rgb(size, &raster.rgb),
        height: picture.height,
    })
}

/// The highest texture that every graphics card takes.
const MOST_PIXELS: f32 = 2048.0;

fn show_texture(ui: &mut Ui, texture: Option<&(Key, TextureHandle)>, width: f32, height: f32) {
    let Some((_, texture)) = texture else {
        return;
    };
    let [w, h] = texture.size().map(|side| side as f32);
    let size = vec2(width, width * h / w.max(1.0));
    let frame = egui::Frame::new().stroke(egui::Stroke::new(1.0, theme::palette(ui.ctx()).line));
    ScrollArea::vertical()
        .id_salt("picture preview")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            frame.show(ui, |ui| {
                let response = ui.image((texture.id(), size));
                access::name(&response, "Preview");
            });
        });
}

/// How large it will be.
fn measures(settings: &PictureSettings, height: f32) -> String {
    let (width, dpi) = (settings.points(), settings.dpi);
    let mm = |points: f32| format!("{:.0}", points / 72.0 * 25.4);
    let px = |points: f32| words::grouped((points / 72.0 * dpi).round() as usize);
    let size = format!("{} × {} mm", mm(width), mm(height));
    match settings.format {
        PictureFormat::Svg => size,
        PictureFormat::Png => format!("{size}, {} × {} pixels", px(width), px(height)),
    }
}

/// Width and resolution.
fn size(ui: &mut Ui, settings: &mut PictureSettings) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("Width").size(12.5));
        let (step, range) = match settings.unit {
            LengthUnit::Millimetres => (1.0, 40.0..=1000.0),
            LengthUnit::Pixels => (10.0, 200.0..=12000.0),
        };
        ui.add(
            DragValue::new(&mut settings.width)
                .speed(step)
                .fixed_decimals(0)
                .range(range),
        )
        .labelled_by(label.id);
        for (unit, name) in [(LengthUnit::Millimetres, "mm"), (LengthUnit::Pixels, "px")] {
            if ui.radio(settings.unit == unit, name).clicked() {
                settings.measure_in(unit);
            }
        }
    });
    if settings.format == PictureFormat::Png || settings.unit == LengthUnit::Pixels {
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("Dots an inch").size(12.5));
            let dpi = DragValue::new(&mut settings.dpi).fixed_decimals(0);
            ui.add(dpi.range(36.0..=1200.0)).labelled_by(label.id);
        });
    }
}

fn number(ui: &mut Ui, name: &str, value: &mut usize, range: std::ops::RangeInclusive<usize>) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).size(12.5));
        ui.add(DragValue::new(value).range(range))
            .labelled_by(label.id);
    });
}

/// The name of the file that is offered.
pub(super) fn usual_name(finding: &Finding) -> String {
    format!(
        "{} {}",
        finding.corpus.name(),
        finding.title().to_lowercase()
    )
}
