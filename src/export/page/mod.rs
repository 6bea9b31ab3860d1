//! Pages: a document in lines on paper, before it is a PDF or a preview. TODO(helper D)

/// The fonts that pages are set in. TODO(helper D): as `picture::Fonts`, with italics and semibold.
#[derive(Debug)]
pub struct PageFonts;
