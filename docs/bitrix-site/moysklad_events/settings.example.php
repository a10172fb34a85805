<?php

// Copy to settings.php and fill in.

return [
	// The Production URL of the node Bitrix Trigger, whose Source is Site Handler.
	'url' => 'https://n8n.example.com/webhook/00000000-0000-0000-0000-000000000000/bitrix',

	// The same as in the credential Bitrix Site Handler API: 64 random letters and digits.
	'secret' => '',

	// How the site calls itself: the field domain of the events.
	'site' => 'shop.example.com',

	// A folder that PHP may write and that cannot be reached by the web: outside of the document root.
	'queue' => '/home/bitrix/moysklad_events',

	// What is reported.
	'entities' => ['order', 'payment', 'shipment', 'user'],

	// How many seconds n8n may take to answer. The visitor has his page by then.
	'timeout' => 2,
];
