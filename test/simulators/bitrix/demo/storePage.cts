import { amount, clockTime, roubles } from '../../pages/figures.cts';
import { html, type Html } from '../../pages/html.cts';
import { LivePage } from '../../pages/livePage.cts';
import { goodsSection, linesOf, ordersSection } from '../../pages/sections.cts';
import type { Catalogs } from '../catalog/furnish.cts';
import type { Portal } from '../portal.cts';
import { CANCELED_STATUS, COURIER_PRICE, QUANTITY, storeActions } from './storeActions.cts';
import { storeThings, statusName, type StoreGood, type StoreOrder, type StoreThing } from './storeThings.cts';
import { STORE_WORDS, type StoreWords } from './storeWords.cts';

export type StorePage = LivePage<StoreThing, StoreWords>;

/** The store as its customers see it, and its orders as their manager does. */
export const storePage = (portal: Portal, catalogs: Catalogs): StorePage =>
	new LivePage<StoreThing, StoreWords>(
		{
			title: { en: 'Demo store', ru: 'Демо-магазин' },
			theme: 'store',
			words: STORE_WORDS,
			things: () => storeThings(portal, catalogs),
			show: (thing, words) => (thing.list === 'goods' ? good(thing, words) : order(portal, thing, words)),
			body,
			actions: storeActions(portal),
		},
		portal.clock,
	);

const body = (lists: (name: string) => Html[], words: StoreWords, changes: Html): Html => html`
${goodsSection(lists('goods'), 'cards', words)}
<aside>
<section>
<h2>${words.basket}</h2>
<form id="order" method="post" action="/demo/do/order">
<ul id="basket" class="basket" data-empty="${words.empty}"></ul>
<p class="total" id="total"></p>
<label>${words.customer} <input name="customer" required value="Анна Смирнова" autocomplete="off"></label>
<label>${words.phone} <input name="phone" required value="+7 900 000-00-01" autocomplete="off"></label>
<label>${words.email} <input name="email" type="email" value="anna@example.com" autocomplete="off"></label>
<label>${words.address} <input name="address" value="Москва, ул. Примерная, 1" autocomplete="off"></label>
<div class="choice"><label><input type="radio" name="delivery" value="courier" data-cost="${COURIER_PRICE}" checked> ${words.courier}</label>
<label><input type="radio" name="delivery" value="pickup"> ${words.pickup}</label></div>
<div class="choice"><label><input type="radio" name="payment" value="pay-cash" checked> ${words.cash}</label>
<label><input type="radio" name="payment" value="pay-card"> ${words.card}</label>
<label><input type="radio" name="payment" value="pay-bill"> ${words.bill}</label></div>
<button>${words.place}</button>
</form>
</section>
<section><h2>${words.changes}</h2>${changes}</section>
</aside>
${ordersSection(lists('orders'), words.orders, words.noOrders)}`;

const good = ({ key, id, title, price, quantity, unit, isOnSale, picture }: StoreGood, words: StoreWords): Html => html`<article class="card" id="${key}" data-key="${key}" data-title="${title}">
${picture === '' ? html`<div class="picture none"></div>` : html`<img class="picture" src="${picture}" alt="" loading="lazy">`}
<h3>${title}</h3>
<p class="price">${roubles(price)}</p>
<p class="stock${isOnSale ? '' : ' out'}">${isOnSale ? html`${words.stock}: <b>${amount(quantity)}</b> ${unit}` : words.none}</p>
<div class="buy"><input form="order" name="${QUANTITY}${id}" type="number" min="0" step="any" placeholder="0" data-once data-price="${price}" data-name="${title}" aria-label="${words.basket}: ${title}"${!isOnSale && html` disabled`}>
<button type="button" class="quiet" data-add="${QUANTITY}${id}"${!isOnSale && html` disabled`}>${words.add}</button></div>
</article>`;

function order(portal: Portal, shown: StoreOrder, words: StoreWords): Html {
	const { key, id, placed, customer, sum, paid, isCanceled, paySystem, figures, lines } = shown;
	return html`<article class="order${isCanceled ? ' off' : ''}" id="${key}" data-key="${key}">
<div class="who"><h3>${words.order} ${id}</h3><p>${customer}</p><time>${clockTime(placed)}</time></div>
<div class="sum"><span>${words.sum}</span><b>${roubles(sum)}</b></div>
<div class="state"><span>${words.status}</span>${statusForm(portal, shown, words)}</div>
<div class="money${paid >= sum ? ' yes' : ''}"><span>${words.paid}</span><b>${figures.paid}</b><small>${paySystem}</small></div>
<div class="gone${shown.shipped >= shown.pieces ? ' yes' : ''}"><span>${words.shipped}</span><b>${figures.shipped}</b>${shown.tracking !== '' && html`<small>${shown.tracking}</small>`}</div>
<div class="do">${paid < sum && !isCanceled && button('pay', id, words.pay)}${!isCanceled && paid === 0 && shown.shipped === 0 && button('cancel', id, words.cancel, 'quiet')}</div>
${linesOf(lines.map((line) => html`${line.name} × ${amount(line.quantity)} = ${roubles(line.sum)}`), words)}
</article>`;
}

const button = (action: string, id: number, text: string, look = ''): Html =>
	html`<form method="post" action="/demo/do/${action}"><input type="hidden" name="id" value="${id}"><button class="${look}">${text}</button></form>`;

/** The statuses of orders that a manager chooses from; *Cancel* gives the last one. */
function statusForm(portal: Portal, { id, statusId, isCanceled }: StoreOrder, words: StoreWords): Html {
	const choices = portal.store.statuses.all().filter((one) => one.type === 'O' && (one.id === statusId || one.id !== CANCELED_STATUS));
	if (isCanceled) return html`<b>${statusName(portal, statusId)}</b>`;
	return html`<form method="post" action="/demo/do/status"><input type="hidden" name="id" value="${id}">
<select name="status" data-send aria-label="${words.status} ${id}">${choices.map((one) => html`<option value="${one.id}"${one.id === statusId && html` selected`}>${statusName(portal, String(one.id))}</option>`)}</select>
<noscript><button>${words.change}</button></noscript></form>`;
}
