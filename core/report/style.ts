/**
 * Style of the report page. One colour family for people, dark = surest; grey for machines; red only for the truth.
 * The signs of change are drawn: not every machine has a font with them.
 */
export const REPORT_CSS = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #14202b; --muted: #596273; --line: #e3e6eb; --soft: #f4f6f8;
  --sure: #0f766e; --likely: #3aa597; --band: #bfe3dc; --unsure: #dcefeb; --machine: #c9ced8; --quiet: #9aa3b2;
  --up: #15803d; --down: #b45309; --truth: #c81e1e; --shadow: 0 0 0 1px #e3e6eb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #171b21; --ink: #f0f3f6; --muted: #9ba5b4; --line: #2a313b; --soft: #1e242c;
    --sure: #2dd4bf; --likely: #159a8b; --band: #28544f; --unsure: #1f3b39; --machine: #4a5260; --quiet: #6b7585;
    --up: #4ade80; --down: #fbbf24; --truth: #ff7b72; --shadow: 0 0 0 1px #2a313b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 14px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
h1, h2, h3, p, ul, dl, dd, figure, table { margin: 0; padding: 0; }
.report { max-width: 600px; margin: 0 auto; padding: 24px 16px 40px; }
.report > header { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; padding: 0 8px 12px; }
.report > header h1 { font-size: 14px; }
.report > header p { color: var(--muted); }
.card { background: var(--card); border-radius: 10px; box-shadow: var(--shadow); padding: 24px 28px; margin-bottom: 14px; }
.card h2 { font-size: 16px; line-height: 1.3; margin-bottom: 12px; }
.card h2 small { font-size: 12px; font-weight: 500; color: var(--muted); }
.muted { color: var(--muted); }
.nowrap, .range { white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.up { color: var(--up); } .down { color: var(--down); }
.sign { display: inline-block; font-size: 0; overflow: hidden; }
.up-sign, .down-sign { border: 0 solid transparent; border-width: 0 5px; width: 0; height: 0; margin-right: 2px; }
.up-sign { border-bottom: 8px solid; } .down-sign { border-top: 8px solid; }
.yes-sign { width: 5px; height: 10px; border: solid var(--up); border-width: 0 2px 2px 0; transform: rotate(42deg); margin: 0 3px 0 5px; }
.miss { color: var(--truth); font-size: 12px; }
.headline h2 { font-size: 13px; font-weight: 500; color: var(--muted); margin-bottom: 2px; }
.figure { font-size: 36px; line-height: 1.15; font-weight: 700; letter-spacing: -0.02em; white-space: nowrap; }
.figure.words { white-space: normal; font-size: 28px; }
.headline .change { margin-top: 4px; }
.change b { font-weight: 600; }
.bar { position: relative; display: flex; height: 12px; border-radius: 4px; overflow: hidden; background: var(--soft); }
.bar i { display: block; height: 100%; flex: none; }
.headline .bar { margin: 16px 0 12px; height: 14px; }
.direct { background: var(--sure); } .at-display { background: var(--likely); }
.regardless { background: var(--band); } .unknown { background: var(--unsure); } .machine { background: var(--machine); }
.parts { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 6px 20px; font-size: 13px; }
.parts li { display: flex; gap: 8px; }
.parts i { flex: none; width: 10px; height: 10px; border-radius: 2px; margin-top: 5px; }
.parts b { font-weight: 600; white-space: nowrap; }
.unknown.swatch { box-shadow: inset 0 0 0 1px var(--quiet); }
.note { margin-top: 18px; padding: 10px 14px; background: var(--soft); border-left: 3px solid var(--sure); border-radius: 0 6px 6px 0; }
.beside { margin-top: 12px; font-size: 13px; color: var(--muted); }
table { width: 100%; border-collapse: collapse; }
th { font-size: 12px; font-weight: 500; color: var(--muted); text-align: left; padding: 0 12px 8px 0; white-space: nowrap; vertical-align: bottom; }
td, tbody th { border-top: 1px solid var(--line); padding: 11px 12px 11px 0; vertical-align: middle; }
tbody th { font-size: 14px; font-weight: 600; color: var(--ink); white-space: normal; overflow-wrap: anywhere; }
tbody th small { display: block; font-size: 12px; font-weight: 400; color: var(--muted); }
tr > :last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
td.range { font-weight: 600; }
.campaigns .bar { height: 6px; margin-top: 6px; min-width: 96px; border-radius: 3px; }
.campaigns .bar .rest { background: var(--band); }
.campaigns .measured { width: 34%; }
.campaigns tbody + tbody th[scope="rowgroup"] { padding: 18px 0 8px; font-size: 12px; font-weight: 500; color: var(--muted); }
.days svg { display: block; }
.days rect { fill: var(--likely); } .days .small { fill: var(--quiet); }
.after { margin-top: 12px; font-size: 13px; color: var(--muted); overflow-wrap: break-word; }
.chart svg { display: block; width: 100%; height: auto; font-family: inherit; }
.chart .narrow { display: none; }
figcaption { color: var(--muted); font-size: 12px; margin-top: 6px; }
figcaption .dash { display: inline-block; width: 18px; border-top: 2px dashed var(--quiet); vertical-align: middle; margin-right: 4px; }
details { margin-top: 10px; font-size: 13px; }
summary { cursor: pointer; color: var(--muted); }
details table { margin-top: 10px; } details td, details tbody th { padding-top: 6px; padding-bottom: 6px; font-size: 13px; }
.kinds { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 0 24px; list-style: none; }
.kinds li { display: flex; justify-content: space-between; gap: 12px; border-top: 1px solid var(--line); padding: 8px 0; }
.kinds span { min-width: 0; overflow-wrap: anywhere; }
.kinds small { font-size: 12px; color: var(--muted); } .kinds b { font-weight: 600; }

.contexts tbody th { white-space: nowrap; }
.contexts td:last-child { color: var(--muted); font-size: 13px; }
.foot { padding: 4px 8px; font-size: 13px; color: var(--muted); }
.foot p { margin-bottom: 8px; }
.foot b { font-weight: 600; }
@media (max-width: 560px) {
  .report { padding: 16px 0 32px; }
  .card { border-radius: 0; padding: 20px 16px; }
  .figure { font-size: 30px; } .figure.words { font-size: 24px; }
  .campaigns .wide { display: none; }
  .campaigns tbody th { min-width: 108px; }
  .campaigns td, .campaigns th { padding-right: 8px; }
  .campaigns .bar { min-width: 76px; }
  .miss { display: block; }
  .chart .narrow { display: block; } .chart .broad { display: none; }
  .contexts td:last-child { font-size: 12px; }
  .foot { padding: 4px 16px; }
}
@media print { body { background: #fff; } .card { break-inside: avoid; } }
`;
