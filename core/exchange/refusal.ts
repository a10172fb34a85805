import type { ErrorCode } from '../errors';

/**
 * What sites say when they refuse, told by words that all versions have in common. The texts vary by version and language,
 * so nothing but the choice of code and advice hangs on them: what is to be done is found out in other ways.
 * The first that fits counts.
 */
const BY_WORDS: ReadonlyArray<readonly [RegExp, ErrorCode]> = [
	[/идентификатор\S* сесси|session id/i, 'EXCHANGE_SESSION_ROTATION'],
	[/врем\S* на сервере|server time|time on the/i, 'EXCHANGE_SERVER_CLOCK'],
	[/пробн\S* верси|срок действия лиценз|trial (version|period)|licen[cs]e (has )?expired/i, 'EXCHANGE_LICENCE'],
	[/источник|request source|source of the request/i, 'EXCHANGE_SOURCE_CHECK'],
	[/нет прав|permission|access rights/i, 'EXCHANGE_NO_RIGHT'],
	[/авториз|парол|authoriz|authentic|password/i, 'EXCHANGE_LOGIN'],
	[/складской уч[её]т|резервирован|reservation|inventory management/i, 'EXCHANGE_RESERVATION'],
	[/временн\S* таблиц|temporary table|table \S* ?does ?n.t exist/i, 'EXCHANGE_FOREIGN'],
	[/временн\S* каталог|temporary (folder|directory)/i, 'EXCHANGE_TEMP_FOLDER'],
	[/распаков|архив|unpack|unzip|archive/i, 'EXCHANGE_UNZIP'],
	[/метаданн|metadata/i, 'EXCHANGE_METADATA'],
	[/валют|currenc/i, 'EXCHANGE_CURRENCY'],
	[/(открыти|записи|чтени)\S* (файла|http)|файл\S* .*пуст|(open|writ|read)ing (the )?(file|http)|file .*empty/i, 'EXCHANGE_UPLOAD_FAILED'],
	[/модул\S* .*не установлен|module .*not installed/i, 'EXCHANGE_MODULE_MISSING'],
	[/неизвестн\S* (команд|тип)|unknown (command|type)/i, 'EXCHANGE_COMMAND_UNKNOWN'],
];

/** The code that fits what a site says; undefined when its words tell nothing. */
export const refusalCode = (text: string): ErrorCode | undefined => BY_WORDS.find(([words]) => words.test(text))?.[1];

const BY_ORDER_WORDS: ReadonlyArray<readonly [RegExp, ErrorCode]> = [
	[/складской уч[её]т|резервирован|reservation|inventory management/i, 'EXCHANGE_RESERVATION'],
	[/не найден|not found/i, 'EXCHANGE_ORDER_MISSING'],
	[/не может быть (измен|обновл)|cannot be (chang|updat|modif)/i, 'EXCHANGE_ORDER_LOCKED'],
];

/** What a site remarks on a single order while it imports a file. */
export interface OrderRemark {
	code: ErrorCode;
	/** As the site names it; missing where the remark names none. */
	number?: string;
	text: string;
}

/** What a remark means for the order that it names. The text stays as the site gave it. */
export function orderRemark(text: string): OrderRemark {
	const code = BY_ORDER_WORDS.find(([words]) => words.test(text))?.[1] ?? 'EXCHANGE_ORDER_WARNING';
	const number = /(?:№|#|\bN\s)\s*([^\s,;:.()«»"]+)/.exec(text)?.[1];
	return { code, text, ...(number !== undefined && { number }) };
}
