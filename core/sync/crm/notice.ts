/** Longer messages may be cut off. */
const LONGEST = 20_000;

/** Texts as messages of a chat: joined with an empty line between them, and torn apart only where one would be too long. */
export function joinedMessages(texts: readonly string[]): string[] {
	const messages: string[] = [];
	for (const text of texts.flatMap(inParts)) {
		const last = messages.at(-1);
		if (last !== undefined && last.length + 2 + text.length <= LONGEST) messages[messages.length - 1] = `${last}\n\n${text}`;
		else messages.push(text);
	}
	return messages;
}

/** One text in pieces that a message can hold, cut at the ends of lines where there are any. */
function inParts(text: string): string[] {
	const parts: string[] = [];
	let rest = text.trim();
	while (rest.length > LONGEST) {
		const line = rest.lastIndexOf('\n', LONGEST);
		const end = line > 0 ? line : wholeLetters(rest, LONGEST);
		parts.push(rest.slice(0, end).trimEnd());
		rest = rest.slice(end).trimStart();
	}
	return rest === '' ? parts : [...parts, rest];
}

/** Not through the middle of a letter that takes two places. */
const wholeLetters = (text: string, end: number): number => (/[\uD800-\uDBFF]/.test(text[end - 1] ?? '') ? end - 1 : end);
