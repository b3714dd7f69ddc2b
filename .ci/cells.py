"""Check what nbdev lets pass: a notebook that is not JSON, and a `#| word` that no tool knows.

nbdev runs a cell whose flag is misspelt or not in `tst_flags`, and leaves out nothing that a misspelt `#| hide` was meant to hide."""
import json, re, sys
from pathlib import Path
from nbdev.config import get_config

NBDEV = set('default_exp export exporti exports exec_doc hide hide_line filter_stream eval'.split())
QUARTO = set('''echo output include warning error code-fold code-summary code-line-numbers code-overflow label column layout layout-ncol layout-nrow
    fig-cap fig-subcap fig-alt fig-align fig-width fig-height fig-column tbl-cap tbl-subcap tbl-column classes lst-cap lst-label panel'''.split())


def problems(path, known):
    "What is wrong in one notebook, a line each."
    try: cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    except (ValueError, KeyError, TypeError) as e:
        yield f'{path}: not a notebook: {type(e).__name__}: {e}'
        return
    for i, cell in enumerate(cells):
        if cell['cell_type'] != 'code': continue
        for word in re.findall(r'^\s*#\|\s*([\w-]+)|#\|\s*(hide_line)\s*$', ''.join(cell['source']), re.M):
            if (word := ''.join(word)) not in known:
                yield f'{path}, cell {i} ({cell.get("id")}): "#| {word}" is neither a directive nor in tst_flags of settings.ini'


if __name__ == '__main__':
    cfg = get_config()
    nbs = sorted(cfg.nbs_path.glob('*.ipynb'))
    bad = [f'no notebook in {cfg.nbs_path}'] if not nbs else [p for n in nbs for p in problems(n, NBDEV | QUARTO | set(cfg.tst_flags.split()))]
    if bad: sys.exit('\n'.join(bad))
    print(f'{len(nbs)} notebooks')
