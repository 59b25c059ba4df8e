const config: QuartzConfig = {
 configuration: { pageTitle: "🪴 Pond", enableSPA: true, locale: "ja-JP", baseUrl: "pond.example.org" },
 plugins: { transformers: [Plugin.FrontMatter()] } }
export default config
