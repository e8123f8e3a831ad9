/** Code in a question stands for a name: `Promise.all` asks for nothing. */
const code = /`[^`]*`|\b\w+(?:[.:]{1,2}\w+)+(?:\(\))?|\b[a-z]+[A-Z]\w*|\b\w+_\w+|"[^"]*"/g;

/** Turns of phrase that hold such words and ask for no list. */
const idioms =
  /\b(?:at all|after all|first of all|above all|all right|all of a sudden|all at once|all along|once and for all|every (?:time|second|minute|hour|day|keystroke|now and then)|each other|each time|in all cases|all the way)\b/gi;

/** What is counted or listed, in the plural or after "every". */
const things =
  '(?:places?|spots?|usages?|uses?|users?|calls?|callers?|call ?sites?|references?|occurrences?|instances?|files?|modules?|packages?|functions?|methods?|class(?:es)?|types?|interfaces?|components?|endpoints?|routes?|handlers?|tests?|errors?|exceptions?|queries|query|settings?|options?|commands?|events?|imports?|exports?|dependenc(?:y|ies)|todos?|fixmes?|constants?|variables?|strings?|messages?|keys?|tables?|requests?|lines?|bugs?|hooks?|flags?)';

const english: readonly RegExp[] = [
  // list every place, find all callers, show me each endpoint
  /\b(?:list|find|show|name|give|enumerate|collect|identify|report|count|check|review|audit|get|print|search for)\b[^.?!\n]{0,30}\b(?:all|every|each)\b/i,
  // all (the) places that, every file which
  new RegExp(
    `\\b(?:all|every|each)\\s+(?:of\\s+)?(?:the\\s+|our\\s+|these\\s+)?(?:[\\w-]+\\s+){0,3}?${things}\\b`,
    'i',
  ),
  // where is X used, where do we call X, where else is X read
  /\bwhere(?:ver)?\b(?: else)?[^.?!\n]{0,60}\b(?:used|called|referenced|imported|invoked|instantiated|mentioned|thrown|emitted|written to|depended on|call|use|import|throw|emit|reference)\b/i,
  /\b(?:who|what)\s+(?:else\s+)?(?:calls|uses|imports|references|depends on|throws|emits|reads|writes|implements|extends)\b/i,
  new RegExp(
    `\\bwhich\\s+(?:[\\w-]+\\s+)?${things}\\s+(?:\\w+\\s+)?(?:use|call|import|reference|depend|contain|have|are|throw|implement|extend|touch|read|write|do|lack|need|handle)\\b`,
    'i',
  ),
  /\bhow (?:many|often)\b/i,
  /\b(?:anywhere|everywhere|throughout the|across the (?:whole |entire )?(?:code ?base|repo|repository|project))\b/i,
  /\b(?:unused|dead code|duplicate[ds]?)\b[^.?!\n]{0,40}\b(?:in (?:this|the) (?:code ?base|repo|repository|project)|functions|exports|files|code)\b/i,
];

/** Ownership and the like; "each time". */
const chineseIdioms = /所有(?:权|者|制)|每次|每当|每秒|每天|每分钟|每隔/g;

const chinese: readonly RegExp[] = [
  /(?:列出|列举|找出|找到|查找|搜索|查出|统计|检查|给出|显示|展示|罗列|汇总|梳理)[^。？?！\n]{0,20}(?:所有|全部|每一?(?:个|处|条|种)|一切|各个|哪些)/,
  /(?:所有|全部)的?[^。？?！\n]{0,16}(?:地方|位置|文件|调用|引用|使用|用法|函数|方法|接口|类|模块|测试|路由|端点|错误|异常|配置|命令|事件|依赖|组件|变量|常量|字符串|代码|处|有哪些)/,
  /(?:在|被)?(?:哪里|哪儿|何处|什么地方|哪些地方|哪几处|哪些文件(?:里|中)?|哪些(?:模块|函数|类|方法))(?:都|被|还|里|中)*(?:使用|调用|引用|用到|用了|导入|依赖|抛出|实现|继承|出现|读取|写入|修改)/,
  /(?:谁|什么)(?:在)?(?:调用|使用|引用|依赖)(?:了|着)?/,
  /哪些[^。？?！\n]{0,10}(?:文件|地方|函数|方法|模块|类|接口|测试|组件)/,
  /(?:有|一共|共|总共)?(?:多少|几)(?:个|处|次|种|条)/,
  /每一?(?:个|处|条|种)[^。？?！\n]{0,10}(?:文件|地方|函数|方法|调用|引用|接口|类|模块|测试|路由|端点)/,
  /逐(?:个|一|行)|到处|各处|(?:整个|全)(?:项目|仓库|代码库|工程)[^。？?！\n]{0,20}(?:查|找|检|搜|用|列)/,
];

/**
 * Whether a question is about everything that a repository holds, so that the best files do not answer it: "list all places
 * that …", "where is X used", 列出所有…. A guess from its words, in English and Chinese; the user has the last word.
 */
export function asksAboutAll(question: string): boolean {
  const plain = question.replace(code, ' X ').replace(idioms, ' ').replace(chineseIdioms, ' ');
  return english.some((pattern) => pattern.test(plain)) || chinese.some((pattern) => pattern.test(plain));
}
