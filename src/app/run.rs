//! Opening the window.

use std::path::PathBuf;

use super::{App, Places, clipboard, settings::Settings};

/// Opens the window.
///
/// # Errors
/// When no window can be had, with what to do instead.
pub fn run(project: Option<PathBuf>) -> Result<(), String> {
    let places = Places::of_system();
    let size = places
        .settings
        .as_deref()
        .and_then(|file| Settings::load(file).window)
        .unwrap_or((1440.0, 900.0));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Glossator")
            .with_app_id("glossator")
            .with_icon(icon())
            .with_inner_size([size.0.max(640.0), size.1.max(400.0)])
            .with_min_inner_size([640.0, 400.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Glossator",
        options,
        Box::new(move |cc| {
            clipboard::connect(&cc.egui_ctx);
            Ok(Box::new(App::new(&cc.egui_ctx, places, project)))
        }),
    )
    .map_err(|error| match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            "the display can't be reached; check DISPLAY or WAYLAND_DISPLAY".to_owned()
        }
        other => other.to_string(),
    })
}

fn icon() -> egui::IconData {
    let bytes = include_bytes!("../../assets/icon.png");
    match image::load_from_memory(bytes) {
        Ok(image) => {
            let image = image.to_rgba8();
            let (width, height) = image.dimensions();
            egui::IconData {
                rgba: image.into_raw(),
                width,
                height,
            }
        }
        Err(_) => egui::IconData::default(),
    }
}
