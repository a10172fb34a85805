import { html, type Html } from './html.cts';
import type { CommonWords, Language } from './words.cts';

interface Frame {
	title: string;
	theme: string;
	language: Language;
	words: CommonWords & { lead?: string; otherPage?: string };
	revision: number;
	/** The page of the other platform; empty where there is none. */
	other: string;
	/** What was refused, when the browser runs no script. */
	notice: string;
	body: Html;
}

/** The whole document. */
export function pageFrame({ title, theme, language, words, revision, other, notice, body }: Frame): Html {
	const otherLanguage = language === 'en' ? 'ru' : 'en';
	return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/demo/icon.svg">
<link rel="stylesheet" href="/demo/page.css">
<script src="/demo/page.js" defer></script>
</head>
<body class="${theme}" data-revision="${revision}" data-lost="${words.lost}" data-live="${words.live}">
<header>
<h1>${title}</h1>
<p class="lead">${words.lead}</p>
<nav>
<span class="live" id="live">${words.live}</span>
${other !== '' && html`<a class="other" href="${other}?lang=${language}" target="_blank">${words.otherPage} ↗</a>`}
<a href="/demo?lang=${otherLanguage}" lang="${otherLanguage}">${words.other}</a>
</nav>
</header>
<main>
${body}
</main>
<p class="notice" id="notice" role="status"${notice === '' && html` hidden`}>${notice}</p>
</body>
</html>
`;
}
