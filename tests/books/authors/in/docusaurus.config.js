// @ts-check
const config = {
  title: 'Harbour Log',
  tagline: "It's low tide",
  url: 'https://harbour.example',
  baseUrl: '/',
  i18n: { defaultLocale: 'en', locales: ['en'] },
};
export default config;
