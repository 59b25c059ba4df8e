const siteConfig = {
  title: 'Reed\'s \u{1F33E} site', // why
  url: "https://example.org",
  baseUrl: '/blog/',
  /* i18n */ i18n: { defaultLocale: 'ja', locales: ['ja'] },
  presets: [['classic', { docs: false, blog: { path: 'b' } }]],
};
module.exports = siteConfig;
