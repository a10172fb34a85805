import { SyncError } from '../errors';

/** Extensions of scripts: sites refuse a name that has one of them anywhere behind a point. */
const SCRIPT = /^(php\d*|phtml|pht|phar|pl|py|psp|rb|asp|aspx|asmx|cgi|fcgi|fcg|fpl|shtml?|dll|exe|so|ico|var)$/i;

/** Folders that sites drop from the beginning of a name, so that the file would lie elsewhere than it was sent to. */
const DROPPED = /^(tmp|upload)(\/|$)/i;

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const LONGEST = 200;

/** Checks the path of a file below the upload folder of a site. Throws EXCHANGE_FILE_NAME. */
export function checkExchangeFileName(name: string): void {
	const segments = name.split('/');
	const isFit = name.length <= LONGEST && !DROPPED.test(name) && segments.every(isFitSegment);
	if (!isFit) throw new SyncError('EXCHANGE_FILE_NAME', { file: name });
}

function isFitSegment(segment: string): boolean {
	const [, ...extensions] = segment.split('.');
	return SEGMENT.test(segment) && !segment.endsWith('.') && !extensions.some((extension) => SCRIPT.test(extension));
}
