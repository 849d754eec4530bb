/** Any text as LaTeX that sets it, for the fonts that pdflatex has; what those lack is told by its code point. */
export function latexText(written: string): string {
  let result = '';
  for (const letter of written.normalize('NFC')) result += latexLetter(letter);
  return result;
}

function latexLetter(letter: string): string {
  const known = special.get(letter) ?? signs.get(letter);
  if (known !== undefined) return known;
  const code = letter.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return letter;
  if (/^\p{M}$/u.test(letter)) return combining.get(letter) ?? '';
  const composed = accented(letter);
  if (composed !== undefined) return composed;
  if (/^[\p{Zs}]$/u.test(letter)) return ' ';
  return `{\\footnotesize U+${code.toString(16).toUpperCase().padStart(4, '0')}}`;
}

const special = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['^', '\\textasciicircum{}'],
  ['_', '\\_'],
  ['%', '\\%'],
  ['~', '\\textasciitilde{}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ['|', '\\textbar{}'],
  ['"', '\\textquotedbl{}'],
  ["'", '\\textquotesingle{}'],
  ['`', '\\textasciigrave{}'],
  ['-', '{-}'],
  ['[', '{[}'],
  [']', '{]}'],
]);

const math = (pairs: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(pairs).map(([letter, latex]) => [letter, `\\ensuremath{${latex}}`]);

const greek =
  'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho ς varsigma σ sigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega ϕ phi ϵ epsilon Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega µ mu'
    .split(' ')
    .flatMap((letter, at, all): (readonly [string, string])[] =>
      at % 2 === 0 ? [[letter, `\\ensuremath{\\${all[at + 1]}}`]] : [],
    );

/** Superscripts and subscripts of Unicode. */
const raised = [
  ...[...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀˣʸᶻᵃᵇᶜᵈᵉᵏᵐᵢⱼₖₙₘₓₐₑₒ₊₋₀₁₂₃₄₅₆₇₈₉'].map((letter) => {
    const plain = letter.normalize('NFKD').replace('−', '-');
    const low = /[ᵢⱼₖₙₘₓₐₑₒ₊₋₀-₉]/.test(letter);
    return [letter, `\\ensuremath{${low ? '_' : '^'}{${plain}}}`] as const;
  }),
];

const signs = new Map<string, string>([
  ...greek,
  ...raised,
  ...math({
    '−': '-',
    '×': '\\times',
    '÷': '\\div',
    '·': '\\cdot',
    '±': '\\pm',
    '∗': '\\ast',
    '⊙': '\\odot',
    '⊕': '\\oplus',
    '⊗': '\\otimes',
    '√': '\\surd',
    '∞': '\\infty',
    '∂': '\\partial',
    '∇': '\\nabla',
    '∑': '\\sum',
    '∏': '\\prod',
    '∫': '\\int',
    '≤': '\\le',
    '≥': '\\ge',
    '≠': '\\ne',
    '≈': '\\approx',
    '→': '\\rightarrow',
    '←': '\\leftarrow',
    '↑': '\\uparrow',
    '↓': '\\downarrow',
    '⇒': '\\Rightarrow',
    '∈': '\\in',
    '∀': '\\forall',
    '‖': '\\|',

    '▤': '\\boxminus',
    '▣': '\\boxdot',
    '▦': '\\boxplus',
    '▭': '\\square',
    '✗': '\\times',
    '✓': '\\checkmark',
    '½': '\\tfrac12',
    '¼': '\\tfrac14',
    '¾': '\\tfrac34',
    '°': '^\\circ',
    ℓ: '\\ell',
    ℝ: '\\mathbb{R}',
  }),
  ['⌐', '\\reflectbox{\\ensuremath{\\lnot}}'],
  ['…', '\\dots{}'],
  ['–', '--'],
  ['—', '---'],
  ['•', '\\textbullet{}'],
  ['“', '``'],
  ['”', "''"],
  ['‘', '`'],
  ['’', "'"],
  ['„', '\\quotedblbase{}'],
  ['«', '\\guillemotleft{}'],
  ['»', '\\guillemotright{}'],
  ['ß', '\\ss{}'],
  ['æ', '\\ae{}'],
  ['Æ', '\\AE{}'],
  ['ø', '\\o{}'],
  ['Ø', '\\O{}'],
  ['ł', '\\l{}'],
  ['Ł', '\\L{}'],
  ['ı', '\\i{}'],
  ['đ', '\\dj{}'],
  ['€', '\\texteuro{}'],
  ['£', '\\pounds{}'],
  ['§', '\\S{}'],
  ['¶', '\\P{}'],
  ['©', '\\copyright{}'],
]);

/** Marks over a letter, by their accent; those behind a letter that has no composed form are left to it. */
const accents = new Map([
  ['\u0300', '`'],
  ['\u0301', "'"],
  ['\u0302', '^'],
  ['\u0303', '~'],
  ['\u0304', '='],
  ['\u0306', 'u'],
  ['\u0307', '.'],
  ['\u0308', '"'],
  ['\u030a', 'r'],
  ['\u030b', 'H'],
  ['\u030c', 'v'],
  ['\u0327', 'c'],
  ['\u0328', 'k'],
]);

/** Behind the letter, where there is no composed form: a hat or a bar that is pulled back over it. */
const combining = new Map([
  ['\u0302', '\\llap{\\^{}}'],
  ['\u0303', '\\llap{\\~{}}'],
  ['\u0304', '\\llap{\\={}}'],
  ['\u0305', '\\llap{\\={}}'],
  ['\u0307', '\\llap{\\.{}}'],
]);

function accented(letter: string): string | undefined {
  const [base = '', mark = '', more] = letter.normalize('NFD');
  const accent = accents.get(mark);
  if (more !== undefined || accent === undefined || !/^[A-Za-z]$/.test(base)) return undefined;
  return `\\${accent}{${base}}`;
}
