const SCRIPT_EXTENSIONS = [
	'php',
	'php3',
	'php4',
	'php5',
	'php6',
	'php7',
	'php8',
	'phtml',
	'pl',
	'asp',
	'aspx',
	'cgi',
	'dll',
	'exe',
	'ico',
	'shtm',
	'shtml',
	'fcg',
	'fcgi',
	'fpl',
	'asmx',
	'pht',
	'py',
	'psp',
	'rb',
	'var',
];
// eslint-disable-next-line no-control-regex -- refused as the site refuses them
const FORBIDDEN = /[\\:*?"'<>|~#&;\u0000-\u001f]/;
const DROPPED_FOLDER = /^\/*(?:upload\/1c\/webdata|tmp)\/+/i;

/**
 * The path below the upload directory under which a file is kept: `\` is `/`, a leading `tmp` or `upload/1c/webdata` is
 * dropped. Undefined when the site refuses the name.
 */
export function uploadPath(filename: string): string | undefined {
	const path = filename.replaceAll('\\', '/').replace(DROPPED_FOLDER, '').replace(/^\/+/, '');
	const parts = path.split('/');
	return path !== '' && parts.every(isAllowed) ? path : undefined;
}

function isAllowed(part: string): boolean {
	if (part === '' || part === '.' || part === '..' || FORBIDDEN.test(part)) return false;
	const [, ...extensions] = part.toLowerCase().split('.');
	return !/^\.(ht|user\.ini)/i.test(part) && !extensions.some((extension) => SCRIPT_EXTENSIONS.includes(extension));
}
