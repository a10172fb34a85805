import { html, type Html } from './html.cts';
import type { CommonWords } from './words.cts';

const FIRST_SHOWN = { cards: 8, rows: 5 };

/** The goods, with a search; a script shows the first ones until more are wanted. */
export const goodsSection = (goods: Html[], look: 'cards' | 'rows', words: CommonWords): Html => html`<section>
<div class="head"><h2>${words.goods}</h2><input type="search" placeholder="${words.search}" aria-label="${words.search}"></div>
<div class="${look}" data-list="goods" data-first="${FIRST_SHOWN[look]}">${goods}</div>
<button type="button" id="all" class="quiet">${words.all}</button>
</section>`;

export const ordersSection = (orders: Html[], title: string, none: string): Html => html`<section>
<h2>${title}</h2>
<div class="orders" data-list="orders" data-empty="${none}">${orders}</div>
</section>`;

/** What was ordered, folded up. */
export const linesOf = (lines: Html[], words: CommonWords): Html => html`<details><summary>${words.lines}</summary><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></details>`;
