/** The look of a report: the workbench's colours, a contrast of at least 4.5 in light and dark, black on white in print. */
export const style = `
:root{color-scheme:light dark;--ground:light-dark(#fff,#12161d);--raised:light-dark(#f5f7fa,#1a2029);--line:light-dark(#d5dae3,#2c3542);
--text:light-dark(#1b2230,#e3e8f0);--quiet:light-dark(#566175,#9aa6b8);--accent:light-dark(#0b5cad,#6cb2ff);
--good:light-dark(#1b6e3c,#62c98b);--warn:light-dark(#8a5300,#e8b04a);--bad:light-dark(#b3261e,#ff8a80);
--good-soft:light-dark(#e3f3e8,#14301f);--warn-soft:light-dark(#fbefdb,#35280f);--bad-soft:light-dark(#fce8e6,#3d1a18);--quiet-soft:light-dark(#edf0f4,#252d38)}
*{box-sizing:border-box}
html{font:14px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:68rem;padding:24px 20px 40px;background:var(--ground);color:var(--text)}
.kind{margin:0;color:var(--quiet);font-size:12px}
h1{margin:2px 0 8px;font-size:22px;line-height:1.25;font-weight:600;overflow-wrap:anywhere}
h2{margin:0 0 8px;font-size:15px;font-weight:600;overflow-wrap:anywhere}
h3,h4{margin:12px 0 4px;font-size:14px;font-weight:600;overflow-wrap:anywhere}
h4{font-size:13px}
p{margin:4px 0;overflow-wrap:anywhere}
.lead{font-size:15px}
.quiet,footer{color:var(--quiet)}
header{padding-bottom:12px;border-bottom:1px solid var(--line)}
section{margin:20px 0 0}
.marks{display:flex;flex-wrap:wrap;gap:6px;margin:0 0 8px}
p.quiet+.marks{margin-top:16px}
.mark{padding:2px 8px;border-radius:4px;font-size:12px;font-weight:600;background:var(--quiet-soft);color:var(--text)}
.mark.bad,.risk-critical,.risk-high{background:var(--bad-soft);color:var(--bad)}
.mark.warn,.risk-medium{background:var(--warn-soft);color:var(--warn)}
.mark.good{background:var(--good-soft);color:var(--good)}
dl{margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(28rem,100%),1fr));gap:2px 20px}
dl div{display:grid;grid-template-columns:10rem minmax(0,1fr);gap:8px;padding:3px 0;border-bottom:1px solid var(--line)}
dt{color:var(--quiet);overflow-wrap:anywhere}
dd{margin:0;overflow-wrap:anywhere}
ul,ol{margin:0;padding-left:20px}
li{margin:3px 0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;font-size:13px}
th{text-align:left;font-weight:600;color:var(--quiet);white-space:nowrap}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
td{overflow-wrap:anywhere}
td:last-child{min-width:9rem;padding-right:0}
td.word{min-width:0;width:1%;white-space:nowrap;color:var(--quiet)}
td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
.cells td{min-width:7rem}.cells td.number{min-width:0;white-space:nowrap}.cells td.id{min-width:20.5rem}
.ranking{width:auto}
.ranking th{color:var(--text);font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums}
.bar{min-width:260px}
rect.bad{fill:var(--bad)}rect.warn{fill:var(--warn)}rect.good{fill:var(--good)}
pre{margin:6px 0;padding:8px 10px;background:var(--raised);border:1px solid var(--line);border-radius:6px;font:12px/1.5 ui-monospace,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
footer{margin-top:28px;padding-top:8px;border-top:1px solid var(--line);font-size:12px}
@media (max-width:36rem){body{padding:16px 12px 28px}dl div{grid-template-columns:8.5rem minmax(0,1fr)}.bar,td.word{display:none}td:last-child{min-width:5.5rem}td:first-child{white-space:normal}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11px}section{break-inside:auto}tr,li,pre{break-inside:avoid}.scroll{overflow:visible}h2{break-after:avoid}}
`;
