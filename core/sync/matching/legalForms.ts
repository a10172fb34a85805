import type { CompanyType } from '../../model/counterparty';
import { groupBy } from '../../model/grouping';
import { latinWords } from './latinWords';

/** The words of a legal form, in the ways in which people write it; the first is the short one by which it is known. */
const FORMS: ReadonlyArray<{ type: CompanyType; written: readonly string[] }> = [
	{ type: 'legal', written: ['ООО', 'общество с ограниченной ответственностью', 'LLC', 'OOO'] },
	{ type: 'legal', written: ['ПАО', 'публичное акционерное общество', 'PJSC'] },
	{ type: 'legal', written: ['ОАО', 'открытое акционерное общество', 'OJSC'] },
	{ type: 'legal', written: ['ЗАО', 'закрытое акционерное общество', 'CJSC'] },
	{ type: 'legal', written: ['НАО', 'непубличное акционерное общество'] },
	{ type: 'legal', written: ['АО', 'акционерное общество', 'JSC'] },
	{ type: 'legal', written: ['ТОО', 'товарищество с ограниченной ответственностью'] },
	{ type: 'legal', written: ['АНО', 'автономная некоммерческая организация'] },
	{ type: 'legal', written: ['НКО', 'некоммерческая организация'] },
	{ type: 'legal', written: ['ФГУП', 'федеральное государственное унитарное предприятие'] },
	{ type: 'legal', written: ['ГУП', 'государственное унитарное предприятие'] },
	{ type: 'legal', written: ['МУП', 'муниципальное унитарное предприятие'] },
	{ type: 'legal', written: ['ФГБУ', 'федеральное государственное бюджетное учреждение'] },
	{ type: 'legal', written: ['ГБУ', 'государственное бюджетное учреждение'] },
	{ type: 'legal', written: ['МБУ', 'муниципальное бюджетное учреждение'] },
	{ type: 'legal', written: ['ТСЖ', 'товарищество собственников жилья'] },
	{ type: 'legal', written: ['Ltd', 'limited'] },
	{ type: 'legal', written: ['GmbH'] },
	{ type: 'legal', written: ['Inc', 'incorporated'] },
	{ type: 'entrepreneur', written: ['КФХ', 'крестьянское фермерское хозяйство', 'глава КФХ'] },
	{ type: 'entrepreneur', written: ['ИП', 'индивидуальный предприниматель', 'ПБОЮЛ', 'ЧП'] },
	{ type: 'individual', written: ['физ. лицо', 'физическое лицо', 'физлицо', 'частное лицо'] },
];

/** A legal form as it stands in a name. */
export interface LegalForm {
	/** The form in small Latin letters, e.g. `ooo`. */
	key: string;
	type: CompanyType;
}

interface Written extends LegalForm {
	words: string[];
}

/** Long ones first, so that «публичное акционерное общество» is not taken for an «акционерное общество». */
const WRITTEN: readonly Written[] = FORMS.flatMap(({ type, written }) =>
	written.map((text) => ({ key: latinWords(written[0] ?? '').join(' '), type, words: latinWords(text) })),
).sort((one, other) => other.words.length - one.words.length);

const BY_FIRST = groupBy(WRITTEN, ({ words }) => words[0] ?? '');

/** The words of a name (see `latinWords`) without its legal form, wherever it stands, and the first form that was there. */
export function withoutForm(words: readonly string[]): { form?: LegalForm; rest: string[] } {
	let form: LegalForm | undefined;
	const rest: string[] = [];
	for (let place = 0; place < words.length; ) {
		const found = formAt(words, place);
		form ??= found && { key: found.key, type: found.type };
		if (found === undefined) rest.push(words[place] ?? '');
		place += found?.words.length ?? 1;
	}
	return { ...(form && { form }), rest };
}

const formAt = (words: readonly string[], place: number): Written | undefined =>
	BY_FIRST.get(words[place] ?? '')?.find((written) => written.words.every((word, index) => words[place + index] === word));
