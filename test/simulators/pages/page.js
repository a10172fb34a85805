// Keeps the page as the platform is: asks once a second what has changed, and sends forms without leaving the page.
(() => {
	const EVERY_MS = 1000;
	const NOTICE_MS = 5000;
	const { body } = document;
	const language = document.documentElement.lang;
	const byId = (id) => document.getElementById(id);
	const byKey = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
	let revision = Number(body.dataset.revision);

	// What somebody has begun to enter, and not sent yet.
	const isTouched = (field) => (field.tagName === 'SELECT' ? ![...field.options].find(({ selected }) => selected)?.defaultSelected : field.value !== field.defaultValue);
	const fieldsOf = (element) => [...element.querySelectorAll('input, select, textarea')];

	function asElement(text) {
		const template = document.createElement('template');
		template.innerHTML = text;
		return template.content.firstElementChild;
	}

	function replace(old, fresh) {
		for (const field of fieldsOf(old)) {
			const other = fieldsOf(fresh).find(({ name }) => name === field.name);
			if (!other || !(isTouched(field) || field === document.activeElement)) continue;
			other.value = field.value;
			if (field === document.activeElement) queueMicrotask(() => other.focus());
		}
		const details = old.querySelector('details');
		if (details?.open) fresh.querySelector('details')?.setAttribute('open', '');
		fresh.hidden = old.hidden;
		old.replaceWith(fresh);
	}

	function put({ key, list, before, html }) {
		const fresh = asElement(html);
		const old = byKey(key);
		if (old) replace(old, fresh);
		else document.querySelector(`[data-list="${list}"]`)?.insertBefore(fresh, before ? byKey(before) : null);
		fresh.hidden = false;
		fresh.classList.add('changed');
	}

	async function look() {
		const answer = await fetch(`/demo/live?since=${revision}&lang=${language}`, { headers: { accept: 'application/json' } });
		const news = await answer.json();
		revision = news.revision;
		for (const key of news.gone ?? []) byKey(key)?.remove();
		for (const thing of news.things ?? []) put(thing);
		if (news.log !== undefined) byId('log').innerHTML = news.log;
		if (news.things) basket();
	}

	async function lookForEver() {
		const mark = byId('live');
		try {
			await look();
			mark.textContent = body.dataset.live;
			mark.classList.remove('lost');
		} catch {
			mark.textContent = body.dataset.lost;
			mark.classList.add('lost');
		}
		setTimeout(lookForEver, EVERY_MS);
	}

	let noticeTimer;
	function notice(text, isError) {
		const place = byId('notice');
		place.textContent = text;
		place.classList.toggle('error', isError);
		place.hidden = false;
		clearTimeout(noticeTimer);
		noticeTimer = setTimeout(() => (place.hidden = true), NOTICE_MS);
	}

	document.addEventListener('submit', async (event) => {
		event.preventDefault();
		const form = event.target;
		const entered = new URLSearchParams(new FormData(form, event.submitter));
		if (event.submitter) event.submitter.disabled = true;
		try {
			const answer = await fetch(`${form.action}?lang=${language}`, { method: 'POST', headers: { accept: 'application/json' }, body: entered });
			const { error, message } = await answer.json();
			notice(error ?? message, !answer.ok);
			if (!answer.ok) return undo(form);
			for (const field of form.elements) {
				if (field.dataset.once !== undefined) field.value = field.defaultValue;
				// What was entered is what the fields have from now on.
				field.defaultValue = field.value;
			}
			await look();
			basket();
		} catch {
			notice(body.dataset.lost, true);
		} finally {
			if (event.submitter) event.submitter.disabled = false;
		}
	});

	// A choice that was refused is taken back; what was written stays, to be mended.
	function undo(form) {
		for (const field of form.elements) if (field.tagName === 'SELECT') for (const option of field.options) option.selected = option.defaultSelected;
	}

	document.addEventListener('change', (event) => {
		if (event.target.dataset.send !== undefined) event.target.form.requestSubmit();
	});

	// The basket: how much of which goods is entered.
	function basket() {
		const place = byId('basket');
		if (!place) return;
		const lines = [...document.querySelectorAll('[data-price]')].filter((field) => Number(field.value) > 0);
		const sum = lines.reduce((total, field) => total + Math.round(Number(field.value) * Number(field.dataset.price)), 0);
		const delivery = Number(document.querySelector('input[name=delivery]:checked')?.dataset.cost ?? 0);
		const roubles = (kopecks) => `${(kopecks / 100).toLocaleString('ru-RU', { minimumFractionDigits: 2 })} ₽`;
		const rows = lines.map((field) => `${field.dataset.name} × ${field.value}`);
		place.replaceChildren(...rows.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
		byId('total').textContent = lines.length > 0 ? roubles(sum + delivery) : '';
	}

	document.addEventListener('input', (event) => {
		if (event.target.type === 'search') return limit();
		basket();
	});
	document.addEventListener('click', (event) => {
		const button = event.target.closest('[data-add]');
		if (button) {
			const field = document.getElementsByName(button.dataset.add)[0];
			field.value = String(Number(field.value || 0) + 1);
			basket();
		}
		if (event.target.id === 'all') {
			event.target.remove();
			limit();
		}
		const aim = event.target.closest('a[href^="#"]');
		if (!aim) return;
		const thing = document.getElementById(aim.getAttribute('href').slice(1));
		if (thing) thing.hidden = false;
	});

	// Of many goods the first ones, or those that are looked for.
	function limit() {
		const list = document.querySelector('[data-list=goods]');
		const first = Number(list.dataset.first);
		const wanted = document.querySelector('input[type=search]').value.trim().toLowerCase();
		const most = wanted === '' && byId('all') ? first : Infinity;
		let shown = 0;
		for (const thing of list.children) {
			const fits = thing.dataset.title.toLowerCase().includes(wanted) && shown < most;
			thing.hidden = !fits;
			if (fits) shown += 1;
		}
		const all = byId('all');
		if (all) all.hidden = wanted !== '' || list.children.length <= first;
	}

	limit();
	basket();
	setTimeout(lookForEver, EVERY_MS);
})();
