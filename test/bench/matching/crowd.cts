import type { PartyWords } from '../../../core';
import { Random } from '../../simulators/kernel/random.cts';

const BEGINNINGS = ['Бел', 'Вол', 'Гор', 'Дроз', 'Ёж', 'Жар', 'Зим', 'Иван', 'Кар', 'Лос', 'Мар', 'Ник', 'Орл', 'Петр', 'Рыб', 'Сем', 'Тих', 'Ула', 'Фил', 'Хар', 'Цвет', 'Чер', 'Шиш', 'Щер', 'Юр', 'Яков'];
const MIDDLES = ['', 'а', 'ен', 'ос', 'ур', 'ин', 'ам', 'иль', 'ок', 'ед', 'ав', 'ум', 'ир', 'оз', 'еп', 'ас', 'ур', 'ян', 'ог', 'ул', 'иж', 'ач', 'ош', 'ец', 'аф'];
const ENDS = ['ов', 'ин', 'ский', 'енко', 'ев', 'ых'];
const FIRST = ['Анна', 'Пётр', 'Александр', 'Елена', 'Иван', 'Мария', 'Сергей', 'Ольга', 'Андрей', 'Наталья', 'Алексей', 'Ирина', 'Дмитрий', 'Светлана', 'Тимур', 'Юлия', 'Илья', 'Вера', 'Олег', 'Инна'];
const MIDDLE_NAMES = ['Ильинична', 'Ильич', 'Петрович', 'Петровна', 'Сергеевич', 'Сергеевна', 'Иванович', 'Ивановна', 'Олегович', 'Олеговна', 'Андреевич', 'Андреевна', 'Тимурович', 'Юрьевич', 'Юрьевна'];
const TRADES = ['Строй', 'Тех', 'Агро', 'Транс', 'Мед', 'Эко', 'Пром', 'Торг', 'Авто', 'Свет'];
const FORMS = ['ООО «$»', '$ ООО', 'АО "$"', 'Общество с ограниченной ответственностью «$»'];

/** People and companies of a large account, the same for the same seed. */
export class Crowd {
	private readonly random: Random;

	constructor(seed: number) {
		this.random = new Random(seed);
	}

	/** Eight people for two companies; some have no e-mail, some share a phone with others. */
	party(id: string): PartyWords {
		return this.random.chance(0.8) ? this.person(id) : this.company(id);
	}

	private person(id: string): PartyWords {
		const name = [this.surname(), this.random.pick(FIRST), ...(this.random.chance(0.5) ? [this.random.pick(MIDDLE_NAMES)] : [])].join(' ');
		return { id, kind: 'individual', names: [name], phones: [this.phone()], emails: this.random.chance(0.7) ? [`${id}@mail.ru`] : [] };
	}

	private company(id: string): PartyWords {
		const title = `${this.random.pick(TRADES)}${this.surname().toLowerCase()}`;
		const names = [this.random.pick(FORMS).replace('$', title)];
		return { id, kind: 'legal', names, inn: String(this.random.integer(1_000_000_000, 9_999_999_999)), kpp: '770101001', phones: [this.phone()], emails: [`office@${id}.ru`] };
	}

	private surname(): string {
		return `${this.random.pick(BEGINNINGS)}${this.random.pick(MIDDLES)}${this.random.pick(ENDS)}`;
	}

	private phone(): string {
		return `+79${this.random.integer(10_000_000_0, 99_999_999_9)}`;
	}

	/** The same one as a store writes him down: other letters, other format, in some cases without his numbers. */
	asCustomer({ names = [], phones = [], ...party }: PartyWords): PartyWords {
		const [name, phone] = [names[0] ?? '', phones[0] ?? ''];
		const written = this.random.chance(0.5) ? name.replaceAll('ё', 'е').replaceAll('Ё', 'Е').toUpperCase() : name.split(' ').reverse().join(' ');
		const digits = phone.slice(2);
		const dialled = `8 (${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`;
		return { ...party, names: [written], phones: [dialled], inn: this.random.chance(0.7) ? party.inn : undefined, emails: this.random.chance(0.5) ? party.emails : [] };
	}
}
