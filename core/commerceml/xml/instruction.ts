import { isXmlName } from './characters';
import { malformed } from './fault';

const DECLARATION =
	/^xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*(["'])1\.\d+\1([\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(["'])[A-Za-z][\w.-]*\3)?([\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(["'])(yes|no)\5)?[\t\n\r ]*$/;

/** What stands between `<?` and `?>`: the declaration, which only the beginning of a document may have, or an instruction. Throws XmlFault. */
export function checkInstruction(content: string, index: number, isBeginning: boolean): void {
	const target = content.slice(0, content.search(/[\t\n\r ]|$/));
	if (target === 'xml' && isBeginning) {
		if (!DECLARATION.test(content)) throw malformed(index, 'its declaration has a wrong form');
	} else if (!isXmlName(target) || target.toLowerCase() === 'xml') throw malformed(index, 'there is a wrong processing instruction');
}
