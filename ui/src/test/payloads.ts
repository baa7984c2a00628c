// Payloads that would run where text were read as markup (W7): seeded, so that a failing one can be made again. Each is
// a way out of where the text stands, an element or address that runs something, and a disguise for simple filters.

/** What every payload would do, and what it is recognised by where it became letters. */
export const LETTERS = "window.ran=1";

/** What ends the attribute, text, comment or element in which the text may stand. */
const WAYS_OUT = ["", `">`, `'>`, `" `, `' `, "`>", "-->", "]]>", "</title>", "</textarea>", "</style>", "</script>", "</option></select>", "\\\">", "%22%3E"];

/** Elements that run by themselves or when touched; H stands for the handler, J for an address that runs. */
const ELEMENTS = [
  "<script>H</script>", `<script src="J"></script>`, `<img src="x" onerror="H">`, "<img src=x onerror=H>", `<svg onload="H">`, "<svg/onload=H>",
  "<svg><script>H</script></svg>", `<svg><a href="J"><text>x</text></a></svg>`, `<math href="J">x</math>`, `<body onload="H">`,
  `<a href="J">x</a>`, "<a href=J>x</a>", `<iframe src="J"></iframe>`, `<iframe srcdoc="<script>H</script>"></iframe>`, `<object data="J"></object>`,
  `<embed src="J">`, `<form action="J"><button>x</button></form>`, `<button formaction="J">x</button>`, `<input autofocus onfocus="H">`,
  `<details open ontoggle="H">x</details>`, `<video><source onerror="H"></video>`, `<audio src="x" onerror="H"></audio>`, `<marquee onstart="H">x</marquee>`,
  `<div style="background:url(J)" onmouseover="H">x</div>`, `<p onclick="H">x</p>`, `<select onchange="H"><option>x</option></select>`,
  `<meta http-equiv="refresh" content="0;url=J">`, `<base href="J//">`, `<link rel="stylesheet" href="J">`, `<table background="J"><tr><td>x</td></tr></table>`,
];

/** What is no element: an attribute that ends early, an address alone, templates of engines, formats of other readers. */
const OTHERS = [
  `onmouseover="H"`, `autofocus onfocus='H'`, "J", "{{H}}", "${H}", "#{H}", "<%= H %>", "{{constructor.constructor('H')()}}", "<!--<img src=x onerror=H>-->",
  "[x](J)", "![x](J)", "&lt;script&gt;H&lt;/script&gt;", "&#60;img src=x onerror=H&#62;", "\\u003cscript\\u003eH\\u003c/script\\u003e", "%3Cscript%3EH%3C/script%3E",
];

/** Filters look for a word as it is usually written; readers of markup don't mind how it is. */
const DISGUISES: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/<(\/?)(\w+)/g, (_all, end: string, name: string) => `<${end}${name.toUpperCase()}`),
  (text) => text.replace(/<(\/?)(\w+)/g, (_all, end: string, name: string) => `<${end}${[...name].map((one, at) => (at % 2 ? one.toUpperCase() : one)).join("")}`),
  (text) => text.replace(/ on/g, "\ton"),
  (text) => text.replace(/ on/g, "/on"),
  (text) => text.replace(/="([^"]*)"/g, "='$1'"),
  (text) => text.replace(/(\w)>/, "$1 >"),
  (text) => `<<${text}`,
  (text) => text.replace(/javascript:/gi, "JaVaScRiPt:"),
  (text) => text.replace(/javascript:/gi, "java\tscript:"),
  (text) => text.replace(/javascript:/gi, "javascript&colon;"),
  (text) => text.replace(/javascript:/gi, " javascript:"),
];

/** Handlers and addresses, all with the same letters in them. */
const HANDLERS = [LETTERS, `${LETTERS};`, `(()=>{${LETTERS}})()`, `void(${LETTERS})`, `${LETTERS}//`];
const ADDRESSES = [`javascript:${LETTERS}`, `javascript:void(${LETTERS})`, `vbscript:${LETTERS}`, `data:text/html,${LETTERS}`];

/** Numbers by a seed: the same in each run. */
function seeded(seed: number) {
  let state = seed >>> 0;
  return (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** The list begins again at its end. */
function one<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new RangeError("an empty list");
  return found;
}

/** So many payloads, each another one; every element, other form, way out and disguise among them. */
export function payloads(count: number, seed = 1): string[] {
  const below = seeded(seed);
  const forms = [...ELEMENTS, ...OTHERS];
  const found = new Set<string>();
  for (let number = 0; found.size < count; number += 1) {
    const plain = one(forms, number).replace(/H/g, () => one(HANDLERS, below(HANDLERS.length))).replace(/J/g, () => one(ADDRESSES, below(ADDRESSES.length)));
    // Each form as it is first, then behind ways out and disguised.
    found.add(number < forms.length ? plain : `${one(WAYS_OUT, number)}${one(DISGUISES, below(DISGUISES.length))(plain)}`);
  }
  return [...found];
}

const RUNS = /^(script|iframe|object|embed|base|meta|link|marquee|math)$/i;
const ADDRESS = /^(href|src|action|formaction|data|srcdoc|background|xlink:href)$/i;

/** What on this page would run something; nothing of an app whose texts are texts. */
export function runnable(page: ParentNode): Element[] {
  return [...page.querySelectorAll("*")].filter(
    (element) =>
      RUNS.test(element.tagName) ||
      [...element.attributes].some((one) => /^on/i.test(one.name) || (ADDRESS.test(one.name) && /^(javascript|vbscript|data:text)/i.test(one.value.replace(/[\s\0]/g, "")))),
  );
}
