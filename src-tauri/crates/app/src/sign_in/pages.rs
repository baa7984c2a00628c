//! What the browser shows after signing in: two plain pages in the person's language, no script, nothing to load.

use crate::views::Language;
use cb_partner_center::sign_in::Pages;

const STYLE: &str = "body{font:16px/1.5 'Segoe UI',system-ui,sans-serif;background:#f0f0f0;color:#1b1b1b;margin:0}\
main{max-width:480px;margin:16vh auto;background:#fff;padding:32px 36px;border-radius:8px;\
box-shadow:0 1px 3px #0003}h1{font-size:20px;font-weight:600;margin:0 0 8px}p{margin:0}\
@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#fff}main{background:#292929}}";

/// In that language.
pub(super) fn pages(language: Language) -> Pages {
    let (code, done, refused) = match language {
        Language::En => (
            "en",
            ("Go back to Channelbook", "The browser's part is done. You can close this tab."),
            ("Sign-in was not completed", "Channelbook says why, and what to do. You can close this tab."),
        ),
        Language::De => (
            "de",
            ("Zurück zu Channelbook", "Der Teil im Browser ist erledigt. Sie können diesen Tab schließen."),
            (
                "Die Anmeldung wurde nicht abgeschlossen",
                "Channelbook sagt, warum, und was zu tun ist. Sie können diesen Tab schließen.",
            ),
        ),
    };
    let page = |(title, text): (&str, &str)| {
        format!(
            "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
        )
    };
    Pages { done: page(done), refused: page(refused) }
}
