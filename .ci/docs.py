"""Build the documentation site from the notebooks into `_docs`, and fail on whatever a reader would find broken.

Run it as `.venv/bin/python .ci/docs.py`. nbdev stages the notebooks in `_proc`, smalldocs renders them from the
`_quarto.yml` that real Quarto reads too. What smalldocs does not do (nbdev's page names, local KaTeX, anchors) is done here."""
import json, os, re, shutil, subprocess, sys, tarfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag
import yaml

root = Path(__file__).resolve().parent.parent
proc, docs = root/'_proc', root/'_docs'
UNREAD = dict(website=['repo-actions'], format=['commonmark'], html=['keep-md', 'html-math-method', 'grid'])  # Quarto reads these, smalldocs only warns
TRACEBACK = 'Traceback (most recent call last)'
CDN = re.compile(r'https://cdn\.jsdelivr\.net/npm/katex@([\d.]+)/dist')


def stop(*problems):
    "Print what is wrong, a line each, and end."
    sys.exit('\n'.join(f'docs: {p}' for p in problems)) if any(problems) else None


def text(o): return o if isinstance(o, str) else ''.join(o or [])


def stage():
    "The notebooks as nbdev shows them: signatures and parameter tables in place of the exported code."
    from nbdev.serve import proc_nbs
    try: proc_nbs(force=True, n_workers=2)
    except Exception as e: stop(f'nbdev could not stage a notebook: {e}', *re.findall(r'^\w*(?:Error|Exception): (?!Error in notebook).*', str(e.__cause__), re.M))
    nbs = [p.name for p in sorted((root/'nbs').glob('*.ipynb'))]
    stop(*['there is no notebook in nbs/'] if not nbs else [f'{n} was not staged' for n in nbs if not (proc/n).exists()])
    return nbs


def check_cells(name, nb):
    "What is wrong in the cells of one staged notebook."
    for i, cell in enumerate(nb['cells']):
        if cell['cell_type'] == 'markdown' and (m := re.search(r'(?<![\w`@.])@(fig|tbl|sec|eq|lst)-\w+', text(cell['source']))):
            yield f'{name}, cell {i}: {m[0]} is not resolved; write a link to the heading'
        for o in cell.get('outputs', []):
            said = text(o.get('text')) + ''.join(text(v) for k, v in o.get('data', {}).items() if k.startswith('text/'))
            if o['output_type'] == 'error' or TRACEBACK in said:
                yield f"{name}, cell {i}: an error stands in its output: {o.get('ename', TRACEBACK)}: {o.get('evalue', '')} <- {text(cell['source'])[:80]!r}"


def rename(nbs):
    "Give each page the name that nbdev gives it with Quarto (`00_data.ipynb` becomes `data.html`), in the links too."
    from nbdev.doclinks import _nbpath2html
    new = {n: _nbpath2html(Path(n)).with_suffix('.ipynb').name for n in nbs}
    link = re.compile(r'(?<=[("])(?:\./)?(%s)(?=[)#"])' % '|'.join(map(re.escape, nbs)))
    problems = []
    for old in nbs:
        nb = json.loads((proc/old).read_text(encoding='utf-8'))
        problems += check_cells(old, nb)
        for cell in nb['cells']:
            if cell['cell_type'] == 'markdown': cell['source'] = link.sub(lambda m: new[m[1]], text(cell['source']))
            if cell['cell_type'] == 'raw': cell['source'] = re.sub(r'^output-file:.*\n', '', text(cell['source']), flags=re.M)
        (proc/old).unlink()
        (proc/new[old]).write_text(json.dumps(nb), encoding='utf-8')
    stop(*problems)
    site = yaml.safe_load((proc/'_quarto.yml').read_text())
    for part, keys in UNREAD.items():
        for k in keys: (site['format'] if part == 'html' else site)[part].pop(k, None)
    entries = site['website']['sidebar']['contents']
    stop(*[f'_quarto.yml: the sidebar does not list {n}' for n in nbs if n not in entries],
         *[f'_quarto.yml: the sidebar lists {e}, which is not in nbs/' for e in entries if e not in nbs])
    site['website']['sidebar']['contents'] = [new[e] for e in entries]
    (proc/'_quarto.yml').write_text(yaml.safe_dump(site, sort_keys=False))
    return site['website']['site-url'].rstrip('/') + '/'


def render():
    "The staged notebooks as pages, in `_docs`."
    if subprocess.run([sys.executable, '-m', 'smalldocs.cli', 'render', '--strict', str(proc)]).returncode: stop('smalldocs warned: see above')
    shutil.rmtree(docs, ignore_errors=True)
    shutil.move(proc/'_docs', docs)


def package(name, version):
    "The `dist` folder of an npm package, kept in `.ci/node_modules`."
    into = root/'.ci/node_modules'/f'{name}-{version}'
    if not (into/'package/dist').exists():
        into.mkdir(parents=True, exist_ok=True)
        subprocess.run(['npm', 'pack', '--silent', f'{name}@{version}'], cwd=into, check=True, stdin=subprocess.DEVNULL)  # the files alone, not what they depend on
        with tarfile.open(next(into.glob('*.tgz'))) as tar:
            tar.extraction_filter = getattr(tarfile, 'data_filter', None) # Python 3.11 has it from 3.11.4 on
            tar.extractall(into)
    return into/'package/dist'


def localise(url):
    "Serve from the site itself what the pages would fetch from elsewhere, in the version that they ask for; link within the site by relative links."
    for page in docs.glob('*.html'):
        s = page.read_text(encoding='utf-8').replace(f'href="{url}', 'href="')
        for version in set(CDN.findall(s)):
            into = docs/'site_libs/katex'
            if into.exists(): continue
            dist = package('katex', version)
            for f in ['katex.min.css', 'katex.min.js', 'contrib/auto-render.min.js', *dist.glob('fonts/*.woff2')]:
                to = into/(dist/f).relative_to(dist)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(dist/f, to)
        page.write_text(CDN.sub('./site_libs/katex', s), encoding='utf-8')
    for css in docs.rglob('*.css'):  # Bootswatch's themes import a web font; styles.css names the fonts that stand in
        css.write_text(re.sub(r'@import url\((["\']?)https?:[^)]*\);?', '', css.read_text(encoding='utf-8')), encoding='utf-8')


class Page(HTMLParser):
    "The ids, links, and files of one page."
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.files, self.script = {'', 'top'}, [], [], False
        self.feed(path.read_text(encoding='utf-8'))
    def handle_starttag(self, tag, attrs):
        a = {k: v or '' for k, v in attrs}
        self.ids |= {a.get('id', ''), a.get('name', '') if tag == 'a' else ''}
        if tag == 'a' and 'href' in a: self.links.append(a['href'])
        if tag == 'link' and a.get('rel') in ('stylesheet', 'icon', 'preload', 'modulepreload'): self.files.append(a.get('href', ''))
        if tag in ('script', 'img', 'iframe', 'source', 'video', 'audio') and 'src' in a: self.files.append(a['src'])
        self.script = tag == 'script'
    def handle_data(self, data):
        if self.script: self.files += re.findall(r"""\b(?:import|from)\s*\(?\s*['"]([^'"]+)['"]""", data)
    def handle_endtag(self, tag): self.script = False


def check():
    "What is broken in the built site."
    pages = {p.relative_to(docs).as_posix(): Page(p) for p in docs.glob('*.html')}
    for name, page in sorted(pages.items()):
        for href in page.files:
            if href.startswith('data:'): continue
            if re.match(r'(https?:)?//', href): yield f'{name}: fetches {href} from another host'
            elif not (docs/unquote(re.split('[?#]', href)[0])).is_file(): yield f'{name}: {href[:100]} is missing'
        for href in page.links:
            if re.match(r'(https?:)?//|mailto:|javascript:', href): continue
            to, anchor = urldefrag(href)
            to = unquote(to.split('?')[0]).removeprefix('./') or name
            if not (docs/to).exists(): yield f'{name}: broken link {href}'
            elif to in pages and unquote(anchor) not in pages[to].ids: yield f'{name}: broken anchor {href}'
    for css in docs.rglob('*.css'):
        for url in re.findall(r'url\(["\']?(https?:[^)"\']+)', css.read_text(encoding='utf-8')): yield f'{css.relative_to(docs)}: fetches {url} from another host'


if __name__ == '__main__':
    os.chdir(root)
    os.environ['PYTHONWARNINGS'] = 'error:Found cells containing imports,error:Failed to create YAML'  # what nbdev only warns of, in its workers
    os.environ['PYTHONPATH'] = os.pathsep.join([str(root), *filter(None, [os.environ.get('PYTHONPATH')])])  # this checkout's package, in nbdev's workers too
    sys.path.insert(0, str(root))
    url = rename(stage())
    render()
    localise(url)
    problems = list(dict.fromkeys(check()))
    stop(*problems)
    print(f"{len(list(docs.glob('*.html')))} pages in _docs")
