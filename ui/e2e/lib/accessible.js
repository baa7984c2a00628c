// Put into the page: finds what a screen reader would find, by role and accessible name.
(function install() {
  if (window.__accessible) return;

  const byTag = {
    A: (e) => (e.hasAttribute("href") ? "link" : ""),
    BUTTON: () => "button",
    SUMMARY: () => "button",
    TEXTAREA: () => "textbox",
    SELECT: (e) => (e.multiple || e.size > 1 ? "listbox" : "combobox"),
    OPTION: () => "option",
    DIALOG: () => "dialog",
    MAIN: () => "main",
    NAV: () => "navigation",
    ASIDE: () => "complementary",
    FORM: () => "form",
    TABLE: () => "table",
    TR: () => "row",
    TD: () => "cell",
    TH: (e) => (e.scope === "row" ? "rowheader" : "columnheader"),
    UL: () => "list",
    OL: () => "list",
    LI: () => "listitem",
    IMG: (e) => (e.alt === "" ? "presentation" : "img"),
    OUTPUT: () => "status",
    HR: () => "separator",
    PROGRESS: () => "progressbar",
    H1: () => "heading", H2: () => "heading", H3: () => "heading", H4: () => "heading", H5: () => "heading", H6: () => "heading",
    SECTION: (e) => (named(e) ? "region" : ""),
    FIELDSET: () => "group",
    INPUT: (e) => {
      if (e.list) return "combobox";
      switch (e.type) {
        case "checkbox": return "checkbox";
        case "radio": return "radio";
        case "number": return "spinbutton";
        case "search": return "searchbox";
        case "range": return "slider";
        case "button": case "submit": case "reset": case "image": return "button";
        case "hidden": return "";
        default: return "textbox";
      }
    },
  };
  const namedByContent = new Set([
    "button", "link", "heading", "option", "menuitem", "menuitemradio", "menuitemcheckbox", "tab", "treeitem", "cell", "gridcell",
    "rowheader", "columnheader", "row", "radio", "checkbox", "switch", "tooltip", "listitem",
  ]);

  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

  function roleOf(element) {
    const given = element.getAttribute("role");
    if (given) return given.split(" ")[0];
    const rule = byTag[element.tagName];
    return rule ? rule(element) : "";
  }

  function hidden(element) {
    if (element.closest("[aria-hidden='true'], [inert]")) return true;
    return !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  }

  function named(element) {
    return element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby");
  }

  /** Text as read aloud: names of parts, without what is hidden. */
  function content(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.getAttribute("aria-hidden") === "true" || node.tagName === "SCRIPT" || node.tagName === "STYLE") return "";
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden") return "";
    const label = node.getAttribute("aria-label");
    if (label) return ` ${label} `;
    if (node.tagName === "IMG" || node.tagName === "svg") return node.getAttribute("alt") ?? "";
    const inner = [...node.childNodes].map(content).join("");
    return style.display.startsWith("inline") ? inner : ` ${inner} `;
  }

  function nameOf(element, role = roleOf(element)) {
    const labelled = element.getAttribute("aria-labelledby");
    if (labelled) {
      const parts = labelled.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean);
      // A label may be hidden from view and still name; its own aria-label counts before its text.
      const text = tidy(parts.map((part) => part.getAttribute("aria-label") ?? (content(part) || part.textContent)).join(" "));
      if (text) return text;
    }
    const label = tidy(element.getAttribute("aria-label"));
    if (label) return label;
    if (element.labels?.length) {
      const text = tidy([...element.labels].map(content).join(" "));
      if (text) return text;
    }
    if (element.tagName === "IMG") return tidy(element.alt);
    if (element.tagName === "FIELDSET") return tidy(element.querySelector("legend")?.textContent);
    if (element.tagName === "INPUT" && ["button", "submit", "reset"].includes(element.type)) return tidy(element.value);
    if (namedByContent.has(role)) {
      const text = tidy([...element.childNodes].map(content).join(""));
      if (text) return text;
    }
    return tidy(element.title) || tidy(element.getAttribute("placeholder"));
  }

  /** A required field's star is part of its label on screen and not of what a journey calls it. */
  function fits(name, wanted) {
    if (wanted === null || wanted === undefined) return true;
    if (typeof wanted === "string") return name === wanted || name.replace(/\s*\*$/, "") === wanted;
    return new RegExp(wanted.re, wanted.flags).test(name);
  }

  function find(roles, wanted, within) {
    const found = [];
    for (const element of (within ?? document).querySelectorAll("*")) {
      const role = roleOf(element);
      if (!role || !roles.includes(role) || hidden(element)) continue;
      if (fits(nameOf(element, role), wanted)) found.push(element);
    }
    return found;
  }

  /** Everything that has a role and can be seen, one line each: to read when a journey does not find its way. */
  function outline() {
    const lines = [];
    for (const element of document.querySelectorAll("*")) {
      const role = roleOf(element);
      if (!role || role === "presentation" || role === "none" || hidden(element)) continue;
      const state = ["aria-expanded", "aria-selected", "aria-checked", "aria-current", "aria-disabled", "aria-invalid"]
        .filter((name) => element.hasAttribute(name))
        .map((name) => `${name.slice(5)}=${element.getAttribute(name)}`);
      if (element.disabled) state.push("disabled");
      if ("value" in element && element.value && role !== "button") state.push(`value=${element.value}`);
      if (element === document.activeElement) state.push("FOCUS");
      lines.push(`${role} "${nameOf(element, role).slice(0, 120)}" ${state.join(" ")}`.trim());
    }
    return lines.join("\n");
  }

  window.__accessible = { find, nameOf, roleOf, outline, content: (e) => tidy(content(e)) };
})();
