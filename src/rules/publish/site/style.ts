/** The look of all pages. Colours keep a contrast of 4.5 to 1 and more on their ground, in light and in dark. */
export const style = `
:root{--ground:#f6f7f9;--card:#fff;--ink:#17202b;--soft:#556070;--line:#dde2e9;--link:#0b5cad;--accent:#0f6e6e;--accent-soft:#e2f2f0;
--code:#fbfcfd;--word:#7a2fa0;--string:#1b6b32;--number:#9a4a00;--note:#5b6675;
--high:#a4161a;--high-g:#fdeaea;--medium:#8a4b00;--medium-g:#fdf1de;--low:#155a93;--low-g:#e6f1fb;--good:#1a6b36;--good-g:#e5f5ea;--plain-g:#eceff3}
@media (prefers-color-scheme:dark){:root{--ground:#10151c;--card:#18202a;--ink:#e6ebf1;--soft:#a3afbe;--line:#2c3744;--link:#7db7f5;--accent:#58c4b8;
--accent-soft:#163432;--code:#131a23;--word:#d3a4f0;--string:#86d79c;--number:#f0b072;--note:#94a1b1;
--high:#ff9d9d;--high-g:#421e21;--medium:#f5bf78;--medium-g:#3d2c14;--low:#8dc3f7;--low-g:#17304a;--good:#86d79c;--good-g:#17351f;--plain-g:#27313d}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%;color-scheme:light dark}
body{margin:0;background:var(--ground);color:var(--ink)}
.wide{max-width:76rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
main:focus{outline:0}
.skip{position:absolute;left:-99rem;top:0;background:var(--card);padding:.5rem 1rem;z-index:2}
.skip:focus{left:0}
.top{background:var(--card);border-bottom:1px solid var(--line)}
.top .wide{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;justify-content:space-between;padding-top:.7rem;padding-bottom:.7rem}
.brand{font-weight:700;color:var(--ink);text-decoration:none;letter-spacing:-.01em}
nav{display:flex;gap:.25rem}
nav a{padding:.3rem .7rem;border-radius:99px;text-decoration:none;color:var(--soft)}
nav a:hover{background:var(--plain-g);color:var(--ink)}
nav a[aria-current]{background:var(--accent-soft);color:var(--accent);font-weight:600}
h1{font-size:clamp(1.55rem,1.2rem + 1.6vw,2.15rem);line-height:1.2;letter-spacing:-.02em;margin:2rem 0 .5rem;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.12rem;line-height:1.3;margin:0 0 .6rem;letter-spacing:-.01em;overflow-wrap:anywhere}
p{margin:.4rem 0;overflow-wrap:anywhere}
.lead{color:var(--soft);font-size:1.05rem;max-width:46rem;margin:0 0 1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.25rem;margin:0 0 1rem;min-width:0}
.card ul,.card ol{margin:.3rem 0;padding-left:1.25rem}
.card li{margin:.3rem 0;overflow-wrap:anywhere}
form{display:grid;grid-template-columns:minmax(14rem,2fr) repeat(4,minmax(8rem,1fr)) auto;gap:.75rem;align-items:end}
label{display:block;font-size:.8rem;font-weight:600;color:var(--soft)}
input,select,button{font:inherit;color:inherit;background:var(--code);border:1px solid var(--soft);border-radius:8px;padding:.45rem .65rem;min-height:2.6rem}
input,select{display:block;width:100%;margin-top:.2rem;min-width:0;font-size:1rem;font-weight:400}
::placeholder{color:var(--soft);opacity:1}
button{cursor:pointer;font-weight:600;color:var(--soft)}
button:hover{color:var(--ink);border-color:var(--ink)}
.count{color:var(--soft);margin:0 0 .5rem;font-size:.9rem}
table{width:100%;border-collapse:collapse;font-size:.92rem}
.card.table{padding:0;overflow:hidden}
th{font-size:.78rem;text-align:left;color:var(--soft);font-weight:600;padding:.7rem 1rem;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:.75rem 1rem;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
tbody tr:first-child td{border-top:0}
tbody tr:hover{background:var(--code)}
td .name{font-weight:600;text-decoration:none}
td .name:hover{text-decoration:underline}
td small{display:block;color:var(--soft);font-size:.84rem;margin-top:.15rem;max-width:38rem}
.chip{display:inline-block;font-size:.8rem;line-height:1.35;font-weight:600;padding:.14rem .55rem;border-radius:99px;background:var(--plain-g);color:var(--soft);margin:.1rem .2rem .1rem 0;white-space:nowrap;max-width:100%;overflow:hidden;text-overflow:ellipsis;vertical-align:middle}
a.chip{text-decoration:none;color:var(--link)}
a.chip:hover{text-decoration:underline}
.High,.failing,.refused,.error{background:var(--high-g);color:var(--high)}
.Medium,.warning{background:var(--medium-g);color:var(--medium)}
.Low{background:var(--low-g);color:var(--low)}
.proved{background:var(--good-g);color:var(--good)}
.chips{margin:0 0 1.5rem}
.two{display:grid;grid-template-columns:minmax(0,1fr) 19rem;gap:1.25rem;align-items:start}
aside dl{margin:0}
dt{font-size:.78rem;font-weight:600;color:var(--soft);margin-top:.8rem}
dt:first-child{margin-top:0}
dd{margin:.1rem 0 0;overflow-wrap:anywhere}
.code{position:relative;margin:.4rem 0}
pre{margin:0;background:var(--code);border:1px solid var(--line);border-radius:8px;padding:.9rem 1rem;overflow-x:auto;font:.84rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;tab-size:2}
.code .copy{position:absolute;top:.5rem;right:.5rem;min-height:0;padding:.2rem .65rem;font-size:.8rem;background:var(--card)}
pre b{font-weight:600;color:var(--word)}pre q{quotes:none;color:var(--string)}pre q::before,pre q::after{content:none}
pre u{text-decoration:none;color:var(--number)}pre i{color:var(--note)}
.step{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.2rem .75rem;margin:.6rem 0}
.step strong{text-transform:capitalize}
.quiet{color:var(--soft)}
.tactics{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem}
.tactics .card{margin:0}
.tactics ul{list-style:none;padding:0}
.tactics li{display:flex;justify-content:space-between;gap:.75rem}
.tactics .chip{flex:none;align-self:start}
footer{color:var(--soft);font-size:.84rem;padding-top:1.5rem;padding-bottom:2rem}
@media (max-width:64rem){form{grid-template-columns:repeat(2,minmax(0,1fr))}form label:first-child{grid-column:1/-1}.two{grid-template-columns:minmax(0,1fr)}}
@media (max-width:46rem){.wide{padding-left:1rem;padding-right:1rem}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows,.rows tbody,.rows tr,.rows td{display:block;width:100%}
.rows tr{padding:.9rem 1rem;border-top:1px solid var(--line)}.rows tbody tr:first-child{border-top:0}
.rows td{border:0;padding:.1rem 0}.rows td:empty{display:none}
.rows td.inline{display:inline-block;width:auto;margin-right:.15rem}
.step{grid-template-columns:minmax(0,1fr);gap:0}.card{padding:1rem}.code .copy{position:static;display:block;margin:0 0 .5rem auto;min-height:2.2rem}
.two aside dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.35rem .9rem}.two aside dt,.two aside dd{margin:0}.two aside dt{line-height:1.9}}
@media print{.top,form,.copy,footer{display:none}.card{break-inside:avoid}pre{white-space:pre-wrap}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
