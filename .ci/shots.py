"""Photograph every page of `_docs` (1400 px wide, full height), to look at: `.venv/bin/python .ci/shots.py FOLDER [NAME...]`.

It says, too, what the browser complains of: scripts and files that fail, formulas that KaTeX cannot read."""
import functools, sys, threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from playwright.sync_api import sync_playwright

docs = Path(__file__).resolve().parent.parent/'_docs'
FLAGS = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args): pass


def main(out, *names):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=str(docs)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    complaints = 0
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path='/usr/bin/chromium', args=FLAGS)
        for page in sorted(docs.glob('*.html')):
            if names and page.stem not in names: continue
            tab, said = browser.new_page(viewport=dict(width=1400, height=900)), []
            tab.on('console', lambda m: said.append(m.text) if m.type == 'error' and 'Failed to load' not in m.text else None)
            tab.on('pageerror', lambda e: said.append(str(e)))
            tab.on('requestfailed', lambda r: said.append(f'not loaded: {r.url}'))
            tab.on('response', lambda r: said.append(f'{r.status}: {r.url}') if r.status >= 400 and not r.url.endswith('/favicon.ico') else None)
            tab.goto(f'http://127.0.0.1:{server.server_port}/{page.name}', wait_until='networkidle')
            said += [f'KaTeX: {e.get_attribute("title")}' for e in tab.query_selector_all('.katex-error')]
            if tab.query_selector('.math') and not tab.query_selector('.katex'): said.append('formulas are not drawn')
            wide = tab.evaluate('document.documentElement.scrollWidth - innerWidth')
            if wide > 0: said.append(f'{wide} px wider than the window')
            tab.screenshot(path=str(out/f'{page.stem}.png'), full_page=True)
            print(page.name, *said, sep='\n  ')
            complaints += len(said)
            tab.close()
        browser.close()
    return complaints


if __name__ == '__main__': sys.exit(bool(main(*sys.argv[1:])))
