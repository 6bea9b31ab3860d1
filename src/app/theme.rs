//! Colours, fonts and measures: the one place they come from.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    TextStyle, Theme, Visuals, vec2,
};

use crate::{model::Color, seeds};

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// What text is read on.
    pub paper: Color32,
    /// Side panels and bars.
    pub panel: Color32,
    /// What printed pages lie on.
    pub desk: Color32,
    /// Cards and fields on panels.
    pub card: Color32,
    /// Thin lines.
    pub line: Color32,
    /// Text.
    pub ink: Color32,
    /// Less important text, at least 4.5:1 on paper, panel and card.
    pub dim: Color32,
    /// Links, focus, the main button.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// The chosen row of a list.
    pub chosen: Color32,
    /// Selected text.
    pub selection: Color32,
    /// Errors.
    pub error: Color32,
    /// Whether it is the dark one.
    pub dark: bool,
}

/// Light: ink on warm paper.
pub const LIGHT: Palette = Palette {
    paper: Color32::from_rgb(0xFB, 0xFA, 0xF7),
    panel: Color32::from_rgb(0xF3, 0xF1, 0xEC),
    desk: Color32::from_rgb(0xE3, 0xDF, 0xD6),
    card: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    line: Color32::from_rgb(0xE2, 0xDE, 0xD5),
    ink: Color32::from_rgb(0x1F, 0x1D, 0x1A),
    dim: Color32::from_rgb(0x69, 0x64, 0x5C),
    accent: Color32::from_rgb(0x1F, 0x5F, 0xA8),
    on_accent: Color32::WHITE,
    chosen: Color32::from_rgb(0xDC, 0xE7, 0xF5),
    selection: Color32::from_rgb(0xB4, 0xD0, 0xF2),
    error: Color32::from_rgb(0xB3, 0x26, 0x1E),
    dark: false,
};

/// Dark: pale ink on near black.
pub const DARK: Palette = Palette {
    paper: Color32::from_rgb(0x1B, 0x1C, 0x1F),
    panel: Color32::from_rgb(0x22, 0x23, 0x27),
    desk: Color32::from_rgb(0x14, 0x15, 0x17),
    card: Color32::from_rgb(0x2A, 0x2B, 0x30),
    line: Color32::from_rgb(0x34, 0x36, 0x3B),
    ink: Color32::from_rgb(0xE7, 0xE4, 0xDE),
    dim: Color32::from_rgb(0xA6, 0xA2, 0x99),
    accent: Color32::from_rgb(0x7F, 0xB3, 0xF0),
    on_accent: Color32::from_rgb(0x12, 0x1A, 0x24),
    chosen: Color32::from_rgb(0x25, 0x37, 0x4F),
    selection: Color32::from_rgb(0x30, 0x50, 0x7C),
    error: Color32::from_rgb(0xF2, 0x8B, 0x82),
    dark: true,
};

/// The colours of the theme in force.
pub fn palette(ctx: &egui::Context) -> Palette {
    match ctx.theme() {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
}

impl Palette {
    /// A label's colour as text: moved towards the ink until it stands out 4.5:1 from the paper (WCAG 2.1).
    pub fn label_text(&self, color: Color) -> Color32 {
        let base = to_color32(color);
        (0..=10)
            .map(|step| base.lerp_to_gamma(self.ink, step as f32 / 10.0))
            .find(|c| contrast(*c, self.panel) >= 4.5)
            .unwrap_or(self.ink)
    }

    /// A label's colour for bars, squares and underlines.
    pub fn label_mark(&self, color: Color) -> Color32 {
        let base = to_color32(color);
        if self.dark {
            base.lerp_to_gamma(Color32::WHITE, 0.15)
        } else {
            base
        }
    }

    /// A tile of a heat map: the label's colour as deep as `share` says (0 to 1), and what stands out 4.5:1 from it.
    pub fn heat(&self, color: Color, share: f32) -> (Color32, Color32) {
        let depth = 0.22 + 0.62 * share.clamp(0.0, 1.0);
        let fill = self.paper.lerp_to_gamma(self.label_mark(color), depth);
        let inks = [self.ink, Color32::WHITE, Color32::BLACK];
        let ink = inks.into_iter().find(|ink| contrast(*ink, fill) >= 4.5);
        (fill, ink.unwrap_or(Color32::BLACK))
    }

    /// What a place that was found is marked with: a ground, which lets a label's tint show, and the frame around it. No label
    /// has a frame.
    pub fn hit(&self, current: bool) -> (Color32, Color32) {
        let (ground, line) = match (current, self.dark) {
            (false, _) => (0.06, 0.75),
            (true, false) => (0.28, 1.0),
            (true, true) => (0.24, 1.0),
        };
        (
            self.accent.gamma_multiply(ground),
            self.accent.gamma_multiply(line),
        )
    }

    /// A label's colour behind text: a soft tint of the paper.
    pub fn label_tint(&self, color: Color, strong: bool) -> Color32 {
        let share = match (self.dark, strong) {
            (false, false) => 0.20,
            (false, true) => 0.34,
            (true, false) => 0.36,
            (true, true) => 0.55,
        };
        let hue = if self.dark {
            to_color32(color)
        } else {
            vivid(color)
        };
        self.paper.lerp_to_gamma(hue, share)
    }
}

/// The colour brightened until its strongest channel is, so that tints of dark labels keep their hue.
fn vivid(color: Color) -> Color32 {
    let strongest = color.0.into_iter().max().unwrap_or_default().max(1);
    let scale = |v: u8| (u32::from(v) * 205 / u32::from(strongest)) as u8;
    if strongest >= 205 {
        return to_color32(color);
    }
    let [r, g, b] = color.0.map(scale);
    Color32::from_rgb(r, g, b)
}

/// An opaque colour for painting.
pub fn to_color32(color: Color) -> Color32 {
    let [r, g, b] = color.0;
    Color32::from_rgb(r, g, b)
}

/// The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance).
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let color = |c: Color32| Color([c.r(), c.g(), c.b()]);
    color(a).contrast(color(b))
}

/// The serif that readings are set in.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif".into()))
}

/// Its semibold, for headings.
pub fn serif_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif-bold".into()))
}

/// Its italic.
pub fn serif_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif-italic".into()))
}

/// Its semibold italic.
pub fn serif_bold_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif-bold-italic".into()))
}

/// For text whose columns count.
pub fn mono(size: f32) -> FontId {
    FontId::monospace(size)
}

/// The interface's sans.
pub fn sans(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Its semibold.
pub fn sans_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("sans-bold".into()))
}

/// The fonts that are shipped, each family with the others behind it for characters it lacks. The CJK font comes last:
/// its quotation marks are as wide as its characters.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 8] = [
        ("serif", seeds::SERIF),
        ("serif-italic", seeds::SERIF_ITALIC),
        ("serif-bold", seeds::SERIF_BOLD),
        ("serif-bold-italic", seeds::SERIF_BOLD_ITALIC),
        (
            "mono",
            include_bytes!("../../assets/fonts/SourceCodePro-Regular.ttf"),
        ),
        ("sans", seeds::SANS),
        ("sans-bold", seeds::SANS_BOLD),
        ("cjk", seeds::CJK),
    ];
    for (name, bytes) in files {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut family = |family: FontFamily, names: &[&str]| {
        let names = names.iter().map(|&n| n.to_owned()).collect();
        fonts.families.insert(family, names);
    };
    family(FontFamily::Proportional, &["sans", "cjk", "serif"]);
    family(FontFamily::Monospace, &["mono", "sans", "cjk", "serif"]);
    family(
        FontFamily::Name("sans-bold".into()),
        &["sans-bold", "cjk", "serif"],
    );
    family(FontFamily::Name("serif".into()), &["serif", "sans", "cjk"]);
    family(
        FontFamily::Name("serif-bold".into()),
        &["serif-bold", "sans-bold", "cjk"],
    );
    family(
        FontFamily::Name("serif-italic".into()),
        &["serif-italic", "serif", "sans", "cjk"],
    );
    family(
        FontFamily::Name("serif-bold-italic".into()),
        &["serif-bold-italic", "serif-bold", "sans-bold", "cjk"],
    );
    fonts
}

/// Sets fonts, sizes, spacing and both themes' colours.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.options_mut(|o| {
        o.fallback_theme = Theme::Light;
        // Ctrl+plus sets the reading larger, not the whole window.
        o.zoom_with_keyboard = false;
    });
    for (theme, palette) in [(Theme::Light, LIGHT), (Theme::Dark, DARK)] {
        ctx.set_visuals_of(theme, visuals(palette));
    }
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, sans(11.5)),
            (TextStyle::Body, sans(13.5)),
            (TextStyle::Button, sans(13.5)),
            (TextStyle::Heading, sans_bold(17.0)),
            (TextStyle::Monospace, sans(12.5)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 6.0);
        style.spacing.button_padding = vec2(10.0, 5.0);
        style.spacing.interact_size.y = 24.0;
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.window_margin = Margin::same(16);
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.35;
    });
}

/// How widgets look in a theme.
pub fn visuals(p: Palette) -> Visuals {
    let mut v = if p.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    v.override_text_color = None;
    v.panel_fill = p.panel;
    v.window_fill = p.card;
    v.extreme_bg_color = p.card;
    v.faint_bg_color = p.panel;
    v.text_edit_bg_color = Some(p.card);
    v.weak_text_color = Some(p.dim);
    v.hyperlink_color = p.accent;
    v.error_fg_color = p.error;
    v.warn_fg_color = p.error;
    v.window_stroke = Stroke::new(1.0, p.line);
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    v.selection.bg_fill = p.chosen;
    v.selection.stroke = Stroke::new(1.0, p.accent);
    let w = &mut v.widgets;
    for state in [
        &mut w.noninteractive,
        &mut w.inactive,
        &mut w.hovered,
        &mut w.active,
        &mut w.open,
    ] {
        state.corner_radius = CornerRadius::same(6);
        state.fg_stroke = Stroke::new(1.0, p.ink);
        state.expansion = 0.0;
    }
    w.noninteractive.bg_stroke = Stroke::new(1.0, p.line);
    w.noninteractive.bg_fill = p.panel;
    w.inactive.bg_fill = p.card;
    w.inactive.weak_bg_fill = p.card;
    w.inactive.bg_stroke = Stroke::new(1.0, p.line);
    w.hovered.bg_fill = p.chosen;
    w.hovered.weak_bg_fill = p.chosen;
    w.hovered.bg_stroke = Stroke::new(1.0, p.dim);
    w.active.bg_fill = p.chosen;
    w.active.weak_bg_fill = p.chosen;
    w.active.bg_stroke = Stroke::new(1.5, p.accent);
    w.open.bg_fill = p.chosen;
    w.open.weak_bg_fill = p.chosen;
    v
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PALETTE;

    #[test]
    fn text_stands_out_from_what_it_is_on() {
        for p in [LIGHT, DARK] {
            for ground in [p.paper, p.panel, p.card, p.chosen] {
                assert!(contrast(p.ink, ground) >= 7.0);
            }
            for ground in [p.paper, p.panel, p.card] {
                assert!(contrast(p.dim, ground) >= 4.5, "{:?} on {ground:?}", p.dim);
                assert!(contrast(p.error, ground) >= 4.5);
                assert!(contrast(p.accent, ground) >= 4.5);
            }
            assert!(contrast(p.on_accent, p.accent) >= 4.5);
            for color in PALETTE {
                assert!(contrast(p.label_text(color), p.paper) >= 4.5);
                for strong in [false, true] {
                    assert!(contrast(p.ink, p.label_tint(color, strong)) >= 4.5);
                }
            }
            assert!(contrast(p.ink, p.selection) >= 4.5);
            for ground in [p.paper, p.selection] {
                let (hit, _) = p.hit(true);
                assert!(contrast(p.ink, ground.blend(hit)) >= 4.5);
            }
            for color in PALETTE {
                for (current, strong) in [(true, false), (false, true)] {
                    let marked = p.label_tint(color, strong).blend(p.hit(current).0);
                    assert!(contrast(p.ink, marked) >= 4.5, "{color}");
                }
            }
            for color in PALETTE {
                for share in 0..=20 {
                    let (fill, ink) = p.heat(color, share as f32 / 20.0);
                    assert!(contrast(ink, fill) >= 4.5, "{color} {share}");
                }
            }
        }
    }
}
