//! The screens, and the title of the page.

use crate::session::Screen;

/// What a screen is called.
pub fn screen_name(screen: Screen) -> &'static str {
    match screen {
        Screen::Start => "Start",
        Screen::Data => "Data",
        Screen::Compare => "Compare",
        Screen::Segments => "Segments",
    }
}

/// The title of the page: the file that is open and the screen it is looked at on.
pub fn page_title(file: Option<&str>, screen: Screen) -> String {
    match (file, screen) {
        (None, _) => "Seamline".to_owned(),
        (Some(file), Screen::Start) => format!("{file} - Seamline"),
        (Some(file), screen) => format!("{file} - {} - Seamline", screen_name(screen)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_file_and_screen() {
        assert_eq!(page_title(None, Screen::Start), "Seamline");
        assert_eq!(
            page_title(Some("mall.csv"), Screen::Compare),
            "mall.csv - Compare - Seamline"
        );
        assert_eq!(
            page_title(Some("mall.csv"), Screen::Start),
            "mall.csv - Seamline"
        );
    }
}
