/** What the demo agent says. It answers visitors who write Cyrillic letters in Russian, and all others in English. */
export const DEMO_WORDS = {
  en: {
    hello: (name: string) => `Hello ${name}! `,
    wrote: (text: string) => `You wrote: “${text}”.`,
    sent: (kind: string) => `You sent: ${kind}.`,
    tapped: (label: string) => `You chose: “${label}”.`,
    intro:
      'I am the demo agent. Try a button, or write: list · numbers · link · place · two · later · me',
    buttons: ['Show a picture', 'Choose from a list', 'Send a template'],
    caption: 'An evening in the hills. The *demo agent* drew it itself.',
    listText: 'What would you like to see?',
    listButton: 'Open the list',
    listTitle: 'Kinds of messages',
    rows: [
      { id: 'picture', title: 'A picture', description: 'With a caption' },
      { id: 'numbers', title: 'A numbered menu', description: 'More than three options' },
      { id: 'link', title: 'A link button', description: 'Opens an address' },
      { id: 'place', title: 'A location', description: 'A pin on the map' },
    ],
    numbersText: 'When shall we bring it? Answer with a number.',
    numbers: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    linkText: 'Here is all about 360dialog.',
    linkLabel: 'Read on',
    footer: 'Demo agent',
    first: 'This is the first message.',
    second: 'And this is the second.',
    later: 'I write again in a minute. Let 25 hours pass now, and the window is closed by then.',
    laterRefused: 'This message is refused when the window is closed.',
    laterParked: 'This message has waited for you to write again.',
    window: (until: string | null) => `You can be answered freely until ${until}.`,
  },
  ru: {
    hello: (name: string) => `Здравствуйте, ${name}! `,
    wrote: (text: string) => `Вы написали: «${text}».`,
    sent: (kind: string) => `Вы отправили: ${kind}.`,
    tapped: (label: string) => `Вы выбрали: «${label}».`,
    intro:
      'Я демонстрационный агент. Нажмите кнопку или напишите: список · номера · ссылка · место · два · позже · я',
    buttons: ['Покажи картинку', 'Выбрать из списка', 'Пришли шаблон'],
    caption: 'Вечер в холмах. *Демонстрационный агент* нарисовал его сам.',
    listText: 'Что вам показать?',
    listButton: 'Открыть список',
    listTitle: 'Виды сообщений',
    rows: [
      { id: 'picture', title: 'Картинка', description: 'С подписью' },
      { id: 'numbers', title: 'Нумерованный список', description: 'Больше трёх вариантов' },
      { id: 'link', title: 'Кнопка со ссылкой', description: 'Открывает адрес' },
      { id: 'place', title: 'Геопозиция', description: 'Точка на карте' },
    ],
    numbersText: 'Когда привезти? Ответьте номером.',
    numbers: ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница'],
    linkText: 'Здесь всё о 360dialog.',
    linkLabel: 'Читать',
    footer: 'Демонстрационный агент',
    first: 'Это первое сообщение.',
    second: 'А это второе.',
    later: 'Через минуту я напишу ещё раз. Пропустите сейчас 25 часов, и окно успеет закрыться.',
    laterRefused: 'Это сообщение будет отклонено, если окно закрыто.',
    laterParked: 'Это сообщение ждало, пока вы напишете снова.',
    window: (until: string | null) => `Вам можно свободно отвечать до ${until}.`,
  },
};
export type DemoWords = (typeof DEMO_WORDS)['en'];

/** What the demo agent says in the language the visitor writes in. */
export const demoWordsFor = (text: string): DemoWords =>
  /[а-яё]/i.test(text) ? DEMO_WORDS.ru : DEMO_WORDS.en;
