"""Make README.md from `nbs/index.ipynb`, or with `--check` say whether it is up to date: `.venv/bin/python .ci/readme.py`.

Links to other notebooks and to `images/` are rewritten to stand in `nbs/`, so that they work on GitHub."""
import difflib, re, sys
from pathlib import Path
import nbformat
from nbdev.processors import insert_warning

root = Path(__file__).resolve().parent.parent
HIDE = ('hide', 'default_exp', 'export', 'exporti', 'exports', 'include: false')


def directives(source): return [m.strip() for m in re.findall(r'^#\|(.*)$', source, re.M)]


def output(o, where):
    "One stored output as Markdown."
    if o.output_type == 'error': sys.exit(f'readme: {where} stores an error: {o.ename}: {o.evalue}')
    if o.output_type == 'stream': return '' if o.name == 'stderr' else f'```\n{o.text.rstrip()}\n```'
    if any(k.startswith('image/') for k in o.data):
        sys.exit(f'readme: {where} stores a picture, which GitHub cannot show from the README: save it to nbs/images/ and show it by ![what it shows](images/x.png)')
    if 'text/markdown' in o.data: return o.data['text/markdown'].rstrip()
    if 'text/html' in o.data: return re.sub(r'\s*<style.*?</style>\s*|\n\s*', '', o.data['text/html'], flags=re.S)
    return f"```\n{o.data.get('text/plain', '').rstrip()}\n```"


def convert(nb):
    "The notebook as Markdown for GitHub."
    parts = []
    for i, cell in enumerate(nb.cells):
        if cell.cell_type == 'markdown': parts.append(cell.source.strip())
        if cell.cell_type != 'code': continue
        said = directives(cell.source)
        if any(re.split(r'\s', d)[0] in HIDE or d in HIDE for d in said): continue
        code = re.sub(r'^#\|.*\n?', '', cell.source, flags=re.M).strip()
        if code and 'echo: false' not in said: parts.append(f'```python\n{code}\n```')
        if 'output: false' not in said: parts += [output(o, f'nbs/index.ipynb, cell {i}') for o in cell.outputs]
    parts.insert(1, insert_warning.content)
    text = '\n\n'.join(filter(None, parts)) + '\n'
    text = re.sub(r'(\]\(|(?:src|href)=")(?:\./)?(images/|\w+\.ipynb)', r'\1nbs/\2', text)
    missing = [f for f in re.findall(r'(?:\]\(|(?:src|href)=")(nbs/[^)#" ]+)', text) if not (root/f).is_file()]
    if missing: sys.exit(f'readme: nbs/index.ipynb refers to what is not there: {", ".join(missing)}')
    return text


if __name__ == '__main__':
    new, file = convert(nbformat.read(root/'nbs/index.ipynb', as_version=4)), root/'README.md'
    old = file.read_text(encoding='utf-8') if file.exists() else ''
    if '--check' not in sys.argv: file.write_text(new, encoding='utf-8')
    elif new != old:
        print(*difflib.unified_diff(old.splitlines(), new.splitlines(), 'README.md', 'nbs/index.ipynb', lineterm=''), sep='\n')
        sys.exit('readme: README.md is not what nbs/index.ipynb gives; run: .venv/bin/python .ci/readme.py')
