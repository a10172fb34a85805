import { amount, clockTime, plainRoubles, roubles } from '../../pages/figures.cts';
import { html, type Html } from '../../pages/html.cts';
import { LivePage } from '../../pages/livePage.cts';
import { goodsSection, linesOf, ordersSection } from '../../pages/sections.cts';
import type { Account } from '../account.cts';
import type { Parts } from '../http/platform.cts';
import { officeActions } from './officeActions.cts';
import { officeThings, type OfficeGood, type OfficeOrder, type OfficeThing } from './officeThings.cts';
import { OFFICE_WORDS, type OfficeWords } from './officeWords.cts';

export type OfficePage = LivePage<OfficeThing, OfficeWords>;

/** Products and customer orders as people in MoySklad's office see them. */
export const officePage = (parts: Parts): OfficePage =>
	new LivePage<OfficeThing, OfficeWords>(
		{
			title: { en: 'MoySklad demo', ru: 'Демо-МойСклад' },
			theme: 'office',
			words: OFFICE_WORDS,
			things: (store) => officeThings(parts.account, store),
			show: (thing, words) => (thing.list === 'goods' ? good(thing, words) : order(parts.account, thing, words)),
			body,
			actions: officeActions(parts),
			picture: (id) => parts.account.files.get(id)?.content(),
		},
		parts.account.bench.clock,
	);

const body = (lists: (name: string) => Html[], words: OfficeWords, changes: Html): Html => html`
${goodsSection(lists('goods'), 'rows', words)}
<aside>
<section><h2>${words.changes}</h2>${changes}</section>
<p class="hint">${words.hint}</p>
</aside>
${ordersSection(lists('orders'), words.orders, words.noOrders)}`;

const good = ({ key, id, title, article, price, stock, reserve, free, picture }: OfficeGood, words: OfficeWords): Html => html`<article class="row" id="${key}" data-key="${key}" data-title="${title}">
${picture === '' ? html`<div class="picture none"></div>` : html`<img class="picture" src="/demo/picture/${picture}" alt="" loading="lazy">`}
<form class="edit" method="post" action="/demo/do/product"><input type="hidden" name="id" value="${id}">
<label class="long">${words.name} <small>${article}</small><input name="name" value="${title}" required autocomplete="off"></label>
<label>${words.price}, ₽<input name="price" value="${plainRoubles(price)}" inputmode="decimal" required autocomplete="off"></label>
<button>${words.save}</button></form>
<form class="edit" method="post" action="/demo/do/stock"><input type="hidden" name="id" value="${id}">
<label>${words.stock}<input name="stock" value="${String(stock)}" inputmode="decimal" required autocomplete="off"></label>
<button class="quiet">${words.set}</button></form>
<p class="levels">${words.reserve} <b>${amount(reserve)}</b><br>${words.free} <b>${amount(free)}</b></p>
</article>`;

function order(account: Account, shown: OfficeOrder, words: OfficeWords): Html {
	const { key, id, title, moment, agent, sum, paid, storeOrder, isPosted, isAllShipped, figures, lines } = shown;
	return html`<article class="order${isPosted ? '' : ' off'}" id="${key}" data-key="${key}">
<div class="who"><h3>${words.order} ${title}</h3><p>${agent}</p><time>${clockTime(moment)}</time> <small>${storeOrder === '' ? words.ownOrder : `${words.storeOrder} ${storeOrder}`}</small></div>
<div class="sum"><span>${words.sum}</span><b>${roubles(sum)}</b></div>
<div class="state"><span>${words.status}</span>${stateForm(account, shown, words)}</div>
<div class="money${paid >= sum ? ' yes' : ''}"><span>${words.paid}</span><b>${figures.paid}</b></div>
<div class="gone${isAllShipped ? ' yes' : ''}"><span>${words.shipped}</span><b>${figures.shipped}</b></div>
<div class="do">${paid < sum && isPosted && button('pay', id, words.pay)}${!isAllShipped && isPosted && button('ship', id, words.ship)}</div>
${linesOf(lines.map((line) => html`${line.name} × ${amount(line.quantity)} (${words.shipped.toLowerCase()} ${amount(line.shipped)})`), words)}
</article>`;
}

const button = (action: string, id: string, text: string): Html =>
	html`<form method="post" action="/demo/do/${action}"><input type="hidden" name="id" value="${id}"><button>${text}</button></form>`;

function stateForm(account: Account, { id, title, stateId }: OfficeOrder, words: OfficeWords): Html {
	const states = account.statesOf('customerorder');
	return html`<form method="post" action="/demo/do/state"><input type="hidden" name="id" value="${id}">
<select name="state" data-send aria-label="${words.status} ${title}">${states.map((state) => html`<option value="${state.id}"${state.id === stateId && html` selected`}>${state.name}</option>`)}</select>
<noscript><button>${words.change}</button></noscript></form>`;
}
