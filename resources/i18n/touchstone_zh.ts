<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutView</name>
    <message>
        <source>Copied. It holds no text of documents, questions or answers.</source>
        <translation>已复制。其中不含任何文件、提问或回答的内容。</translation>
    </message>
    <message>
        <source>About Touchstone</source>
        <translation>关于试金石</translation>
    </message>
    <message>
        <source>Version {version}. Apache-2.0. Made to run without a network.</source>
        <translation>版本 {version} · Apache-2.0 许可 · 为离线使用而设计</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>组成部分与许可证</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>Choose a part to read its licence.</source>
        <translation>选择一项，查看其许可证全文。</translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>Queue</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Previous answer (Ctrl+P)</source>
        <translation>上一个回答 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Next answer (Ctrl+N)</source>
        <translation>下一个回答 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Release…</source>
        <translation>放行…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>驳回…</translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation>下一个回答</translation>
    </message>
    <message>
        <source>Keys: C confirm · O overrule · 1–5 verdict · N next claim · P previous claim</source>
        <translation>快捷键：C 同意 · O 改判 · 1–5 选择判定 · N 下一条陈述 · P 上一条陈述</translation>
    </message>
</context>
<context>
    <name>AnswerUses</name>
    <message>
        <source>Export the answer</source>
        <translation>导出回答</translation>
    </message>
    <message>
        <source>Page with evidence, for any browser (*.html)</source>
        <translation>带依据的网页，任何浏览器都能打开 (*.html)</translation>
    </message>
    <message>
        <source>Page with evidence, for printing (*.pdf)</source>
        <translation>带依据的文档，供打印 (*.pdf)</translation>
    </message>
    <message>
        <source>Evidence pack, signed, for checking again (*.zip)</source>
        <translation>经签名的证据包，供他人复核 (*.zip)</translation>
    </message>
</context>
<context>
    <name>AnswersPane</name>
    <message>
        <source>Expected: {answer}</source>
        <translation>预期答案：{answer}</translation>
    </message>
</context>
<context>
    <name>AskView</name>
    <message>
        <source>Searching your documents</source>
        <translation>正在检索文件</translation>
    </message>
    <message>
        <source>Ask about your documents. Enter asks, Shift+Enter starts a new line.</source>
        <translation>针对您的文件提问。按 Enter 提问，按 Shift+Enter 换行。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Earlier questions</source>
        <translation>以前的提问</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Every claim of the answer is checked against your documents</source>
        <translation>回答中的每条陈述，都会对照您的文件核查</translation>
    </message>
    <message>
        <source>The answer comes from a model on this computer. Nothing is sent anywhere.</source>
        <translation>回答由本机上的模型生成，任何内容都不会外传。</translation>
    </message>
    <message>
        <source>The library holds no text yet</source>
        <translation>文件库还是空的</translation>
    </message>
    <message>
        <source>Without documents nothing can be checked. Add files or folders first.</source>
        <translation>没有文件就无从核查，请先添加文件或文件夹。</translation>
    </message>
</context>
<context>
    <name>BroughtModel</name>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>未接受：{reason}</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Accepted. The edited answer was checked here: {level}, {risk}</source>
        <translation>已接受。改动后的回答已在本机重新核查：{level}，{risk}</translation>
    </message>
</context>
<context>
    <name>BroughtPage</name>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Decisions brought back from {name}</source>
        <translation>从 {name} 带回的决定</translation>
    </message>
    <message>
        <source>What became of each decision</source>
        <translation>各项决定的处理结果</translation>
    </message>
    <message>
        <source>Decision {number} of {total}</source>
        <translation>第 {number} 项决定，共 {total} 项</translation>
    </message>
    <message numerus="yes">
        <source>%Ln decision(s) accepted</source>
        <translation>
            <numerusform>已接受 %Ln 项决定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused</source>
        <translation>
            <numerusform>未接受 %Ln 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not looked at, bring the file again for them</source>
        <translation>
            <numerusform>%Ln 项尚未处理，再次带回该文件即可继续</numerusform>
        </translation>
    </message>
    <message>
        <source>No decision was taken from this file.</source>
        <translation>没有从该文件接受任何决定。</translation>
    </message>
</context>
<context>
    <name>CarriedReview</name>
    <message>
        <source>Write decisions to</source>
        <translation>决定写入的位置</translation>
    </message>
    <message>
        <source>Decisions (*.jsonl)</source>
        <translation>决定文件 (*.jsonl)</translation>
    </message>
    <message>
        <source>You are looking at a review file, not at your library: {name}</source>
        <translation>当前显示的是审核文件，而不是您自己的文件库：{name}</translation>
    </message>
    <message>
        <source>Library {library}, written {date}, signed with the key {key}. Compare this fingerprint once with the one that the library&apos;s owner names. Meant for: {people}.</source>
        <translation>来自文件库 {library}，写于 {date}，签名密钥为 {key}。请与文件库所有者告知的密钥指纹核对一次。供以下人员审核：{people}。</translation>
    </message>
    <message>
        <source>Signed decisions are added to {path}. Send that file back.</source>
        <translation>签名后的决定会追加到 {path}，请把这个文件送回。</translation>
    </message>
    <message>
        <source>Write elsewhere…</source>
        <translation>改写到别处…</translation>
    </message>
    <message>
        <source>Close the file</source>
        <translation>关闭文件</translation>
    </message>
</context>
<context>
    <name>CheckView</name>
    <message>
        <source>Checking every claim</source>
        <translation>正在逐条核查</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Check a text</source>
        <translation>核查文本</translation>
    </message>
    <message>
        <source>Paste an answer, an e-mail or a draft that came from elsewhere. Every claim in it is checked against your documents; the text itself is not changed.</source>
        <translation>粘贴来自别处的回答、邮件或草稿，其中每条陈述都会对照您的文件核查，原文不会被改动。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Paste the text here, or drop a file that holds it</source>
        <translation>在此粘贴文本，或把含有文本的文件拖到这里</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Text to check</source>
        <translation>待核查的文本</translation>
    </message>
    <message>
        <source>Question it answers (optional)</source>
        <translation>它所回答的问题（可不填）</translation>
    </message>
    <message>
        <source>Question it answers</source>
        <translation>它所回答的问题</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>开始核查</translation>
    </message>
    <message>
        <source>Change the text</source>
        <translation>修改文本</translation>
    </message>
</context>
<context>
    <name>ClaimCard</name>
    <message>
        <source>Where it stands in the answer</source>
        <translation>在回答中的位置</translation>
    </message>
    <message>
        <source>The claim</source>
        <translation>陈述</translation>
    </message>
    <message>
        <source>Claim {number}</source>
        <translation>第 {number} 条陈述</translation>
    </message>
    <message>
        <source>Asked: {question}</source>
        <translation>问题：{question}</translation>
    </message>
    <message>
        <source>From a text that was checked</source>
        <translation>出自一段送检的文字</translation>
    </message>
</context>
<context>
    <name>ClaimView</name>
    <message>
        <source>Claim {number} of {total}: {verdict}</source>
        <translation>第 {number} 条陈述，共 {total} 条：{verdict}</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Earlier questions</source>
        <translation>以前的提问</translation>
    </message>
    <message>
        <source>Questions that you have asked stand here.</source>
        <translation>您提过的问题会列在这里。</translation>
    </message>
</context>
<context>
    <name>CorrectionCard</name>
    <message>
        <source>A correction that the evidence holds</source>
        <translation>依据中有可供更正的数值</translation>
    </message>
    <message>
        <source>Nothing is changed until you release the edited text.</source>
        <translation>在您放行改后文本之前，不会改动任何内容。</translation>
    </message>
    <message>
        <source>Only a suggestion; the answer stays as it was written.</source>
        <translation>仅供参考，回答仍保持原样。</translation>
    </message>
    <message>
        <source>Release with it…</source>
        <translation>按此更正并放行…</translation>
    </message>
</context>
<context>
    <name>CutoffsModel</name>
    <message>
        <source>{share} ({low}–{high})</source>
        <translation>{share}（{low}–{high}）</translation>
    </message>
    <message>
        <source>{risk}, now</source>
        <translation>{risk}，当前</translation>
    </message>
    <message>
        <source>{risk}, for your wish</source>
        <translation>{risk}，按您的要求</translation>
    </message>
    <message>
        <source>{risk}, by hand</source>
        <translation>{risk}，手动</translation>
    </message>
    <message>
        <source>Held from risk</source>
        <translation>拦截起点</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>Answers held</source>
        <translation>被拦回答</translation>
    </message>
</context>
<context>
    <name>DecisionDialog</name>
    <message>
        <source>Release this answer</source>
        <translation>放行该回答</translation>
    </message>
    <message>
        <source>Reject this answer</source>
        <translation>驳回该回答</translation>
    </message>
    <message>
        <source>The answer may be used after this. Your name, the time and the reason go into the audit log.</source>
        <translation>放行后即可使用该回答。您的姓名、时间和理由会写入审计日志。</translation>
    </message>
    <message>
        <source>The answer stays closed for good. Your name, the time and the reason go into the audit log.</source>
        <translation>驳回后该回答不能再使用。您的姓名、时间和理由会写入审计日志。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Caveats that go with the answer, one a line (optional)</source>
        <translation>随回答一并给出的使用限制，每行一条（可不填）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DiffView</name>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有改动。</translation>
    </message>
    <message>
        <source>Removed: “{text}”.</source>
        <translation>删去“{text}”。</translation>
    </message>
    <message>
        <source>Added: “{text}”.</source>
        <translation>加入“{text}”。</translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移出文件库…</translation>
    </message>
    <message>
        <source>The file was changed after it was read: answers rest on the earlier text. Read it again.</source>
        <translation>文件在读取之后有改动，目前的回答仍以旧内容为准。请重新读取。</translation>
    </message>
    <message>
        <source>Until then nothing of it is searched. When it is mended, read it again.</source>
        <translation>在此之前，检索不到其中的内容。处理好后请重新读取。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>所在文件夹</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message numerus="yes">
        <source>%Ln version(s) seen</source>
        <translation>
            <numerusform>共有 %Ln 个版本</numerusform>
        </translation>
    </message>
    <message>
        <source>{date}, searched now</source>
        <translation>{date}，当前检索的版本</translation>
    </message>
    <message>
        <source>{date}, earlier version</source>
        <translation>{date}，旧版本</translation>
    </message>
    <message>
        <source>The file is no longer where it was. What was read from it is still searched.</source>
        <translation>文件已不在原处，此前读取的内容仍会被检索。</translation>
    </message>
</context>
<context>
    <name>DocumentsHead</name>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Read what has changed since it was read</source>
        <translation>读取自上次以来有改动的文件</translation>
    </message>
    <message>
        <source>Test retrieval</source>
        <translation>检索测试</translation>
    </message>
    <message>
        <source>All files of the list that have changed</source>
        <translation>列表中所有改动过的文件</translation>
    </message>
    <message>
        <source>New and changed files in {folder}</source>
        <translation>{folder} 中新增和改动的文件</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) ready</source>
        <translation>
            <numerusform>%Ln 个段落可供检索</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) need attention</source>
        <translation>
            <numerusform>%Ln 个文件需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add a folder with all that is in it</source>
        <translation>添加文件夹及其中全部文件</translation>
    </message>
</context>
<context>
    <name>DocumentsModel</name>
    <message>
        <source>In force</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>No longer in force</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>Not yet in force</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>Outdated, changed since</source>
        <translation>已过期，文件后来有改动</translation>
    </message>
    <message>
        <source>Ready, file moved away</source>
        <translation>可用，原文件已移走</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>段落数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
</context>
<context>
    <name>DocumentsView</name>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Filter by name, folder or state</source>
        <translation>按名称、文件夹或状态筛选</translation>
    </message>
    <message>
        <source>Looking through the library</source>
        <translation>正在查看文件库</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>还没有文件</translation>
    </message>
    <message>
        <source>Drop files or folders here, or use the buttons above. PDF, Word, Excel, PowerPoint, HTML, Markdown, CSV and text are read; the files stay where they are.</source>
        <translation>把文件或文件夹拖到这里，或使用上方按钮。可读取 PDF、Word、Excel、PowerPoint、HTML、Markdown、CSV 和纯文本；原文件保持原位不动。</translation>
    </message>
</context>
<context>
    <name>DraftDialog</name>
    <message>
        <source>Draft questions from your documents</source>
        <translation>根据您的文件草拟问题</translation>
    </message>
    <message>
        <source>As the rules make them, at once</source>
        <translation>按规则写成，立即可得</translation>
    </message>
    <message>
        <source>In the words of {name}</source>
        <translation>由 {name} 措辞</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Facts, numbers, dates, conditions, tables, the same in two documents, and what no document holds: the rules propose questions of each kind, with the answer that stands in the document. You then read each, and keep or delete it.</source>
        <translation>事实、数字、日期、条件、表格、两份文件中的同一项，以及文件中没有的内容：按规则对每一类各提出若干问题，并附上文件中的答案。之后由您逐条查看，保留或删除。</translation>
    </message>
    <message>
        <source>Questions of each kind and language, at most</source>
        <translation>每类每种语言最多几个问题</translation>
    </message>
    <message>
        <source>Wording</source>
        <translation>措辞</translation>
    </message>
    <message>
        <source>The wording is stiff, but always asks for what was taken from the document.</source>
        <translation>措辞较生硬，但问的一定是取自文件的内容。</translation>
    </message>
    <message>
        <source>The model words one question after the other, some seconds to a minute each. A wording that loses a figure, a name or most of the words, or that answers, is not taken: the rule&apos;s stays.</source>
        <translation>模型逐个改写问题，每个需几秒到一分钟。措辞若丢了数字、名称或大半用词，或直接作了回答，则不予采用，保留按规则写成的原句。</translation>
    </message>
</context>
<context>
    <name>Drafting</name>
    <message>
        <source>Drafting questions</source>
        <translation>正在草拟问题</translation>
    </message>
    <message>
        <source>Draft questions</source>
        <translation>草拟问题</translation>
    </message>
    <message>
        <source>drafted questions</source>
        <translation>草拟的问题</translation>
    </message>
    <message>
        <source>Question {done} of {total}, {kept} so far in the model&apos;s words</source>
        <translation>第 {done} 个问题，共 {total} 个，已有 {kept} 个采用模型的措辞</translation>
    </message>
</context>
<context>
    <name>DrawCard</name>
    <message>
        <source>1  Draw claims of your answers</source>
        <translation>1  从您的回答中抽取陈述</translation>
    </message>
    <message>
        <source>Chance chooses them: claims that somebody picked would make every figure and the promise void. 40 to 80 are usual.</source>
        <translation>陈述由随机抽取决定：如果由人挑选，所有数据和保证都会失效。一般抽 40 到 80 条。</translation>
    </message>
    <message>
        <source>How many claims</source>
        <translation>抽取条数</translation>
    </message>
    <message>
        <source>All alike</source>
        <translation>机会均等</translation>
    </message>
    <message>
        <source>Risky ones more often</source>
        <translation>风险高的多抽</translation>
    </message>
    <message>
        <source>How they are drawn</source>
        <translation>抽取方式</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>The chance grows with the risk and is known, so that it is weighed out of every figure.</source>
        <translation>风险越高越容易抽中；概率已知，计算时会加权抵消。</translation>
    </message>
    <message>
        <source>Every claim has the same chance.</source>
        <translation>每条陈述被抽中的机会相同。</translation>
    </message>
    <message>
        <source>There is nothing to draw from yet: ask some questions first.</source>
        <translation>还没有可抽取的陈述，请先提一些问题。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln claim(s) can still be drawn.</source>
        <translation>
            <numerusform>还有 %Ln 条陈述可抽。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s) are left out: another version of the checker had checked them.</source>
        <translation>
            <numerusform>有 %Ln 个回答由其他版本的核查模型核查过，未计入。</numerusform>
        </translation>
    </message>
    <message>
        <source>The labels given so far count only for claims drawn the other way.</source>
        <translation>换一种方式抽取后，已有的标注将不再计入。</translation>
    </message>
</context>
<context>
    <name>EditBox</name>
    <message>
        <source>Text that goes out</source>
        <translation>放行后的文本</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message numerus="yes">
        <source>Put in %Ln correction(s) from the evidence</source>
        <translation>
            <numerusform>按依据更正 %Ln 处</numerusform>
        </translation>
    </message>
    <message>
        <source>As it was written</source>
        <translation>恢复原文</translation>
    </message>
    <message>
        <source>The edited text is checked again when it is released. Both texts go into the record.</source>
        <translation>放行时会重新核查改后的文本，改动前后的文本都会记录在案。</translation>
    </message>
    <message>
        <source>None. The text goes out as the model wrote it.</source>
        <translation>没有改动，将按模型所写的原文放行。</translation>
    </message>
</context>
<context>
    <name>EngineBanner</name>
    <message>
        <source>The model has stopped working</source>
        <translation>模型已停止工作</translation>
    </message>
    <message>
        <source>Restart and ask again</source>
        <translation>重新启动并再次提问</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>That did not work</source>
        <translation>操作未完成</translation>
    </message>
    <message>
        <source>Touchstone did not end properly the last time. What was checked and decided before is in the library. Copy the details if you want to report the fault; nothing was sent anywhere.</source>
        <translation>试金石上次没有正常结束。此前核查和处置的内容都已保存在文件库中。如需反馈问题，请复制详情；没有任何内容外传。</translation>
    </message>
    <message>
        <source>The last run crashed</source>
        <translation>上次运行意外中断</translation>
    </message>
    <message>
        <source>Touchstone ran into a fault of its own. Your documents and answers are safe, and nothing was sent anywhere. A report was saved here: {where}
You can go on working. Copy the details if you want to report the fault.</source>
        <translation>试金石自身出现故障。您的文件和回答没有受损，也没有任何内容外传。故障报告已保存在：{where}
您可以继续使用。如需反馈问题，请复制详情。</translation>
    </message>
    <message>
        <source>A fault in Touchstone</source>
        <translation>试金石出现故障</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Passage {number}</source>
        <translation>段落 {number}</translation>
    </message>
    <message>
        <source>The section, with the quote marked:</source>
        <translation>所在小节（引文已标出）：</translation>
    </message>
    <message>
        <source>The text around the quote, as it was read:</source>
        <translation>引文的上下文（读取时的文字）：</translation>
    </message>
    <message>
        <source>Show the text around it</source>
        <translation>显示上下文</translation>
    </message>
    <message>
        <source>Show the page</source>
        <translation>查看页面</translation>
    </message>
    <message>
        <source>Show the sheet</source>
        <translation>显示工作表</translation>
    </message>
    <message>
        <source>Show the section</source>
        <translation>显示所在小节</translation>
    </message>
</context>
<context>
    <name>EvidencePane</name>
    <message>
        <source>Previous claim (Alt+Up)</source>
        <translation>上一条陈述（Alt+↑）</translation>
    </message>
    <message>
        <source>Next claim (Alt+Down)</source>
        <translation>下一条陈述（Alt+↓）</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Choose a claim in the answer to see what your documents say about it.</source>
        <translation>点选回答中的一条陈述，查看您的文件是怎么说的。</translation>
    </message>
    <message>
        <source>Claim {number} of {total}</source>
        <translation>陈述 {number} / {total}</translation>
    </message>
    <message>
        <source>The claim</source>
        <translation>该条陈述</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) from your documents; shared words are marked</source>
        <translation>
            <numerusform>您文件中的 %Ln 个段落，相同词语已标出</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether your documents bear this out could not be decided. Look it up yourself.</source>
        <translation>无法判定您的文件是否支持该条陈述，请自行查证。</translation>
    </message>
    <message>
        <source>The whole library was searched for this claim. No passage bears it out.</source>
        <translation>已针对该条陈述检索整个文件库，没有段落可以作为依据。</translation>
    </message>
    <message>
        <source>Passages the model reads</source>
        <translation>模型读到的段落</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) found in your documents</source>
        <translation>
            <numerusform>在您的文件中检索到 %Ln 个段落</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln more did not fit the model&apos;s context</source>
        <translation>
            <numerusform>；另有 %Ln 个段落超出模型上下文，未提供给模型</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBox</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
</context>
<context>
    <name>GateBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with sources</source>
        <translation>连同出处复制</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Release…</source>
        <translation>放行…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>驳回…</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未核查</translation>
    </message>
    <message>
        <source>Nothing can be copied or exported before every claim is checked.</source>
        <translation>全部陈述核查完之前，不能复制或导出。</translation>
    </message>
    <message>
        <source>{level}: may be copied and exported. The marks show what each claim rests on.</source>
        <translation>{level}：可以复制和导出。标记显示每条陈述的依据。</translation>
    </message>
    <message>
        <source>{level}: copying and export stay closed until a named person releases the answer.</source>
        <translation>{level}：须由具名人员放行后才能复制和导出。</translation>
    </message>
    <message>
        <source>Released by {who}, {when}: {reason}</source>
        <translation>{who} 于 {when} 放行：{reason}</translation>
    </message>
    <message>
        <source>Rejected by {who}, {when}: {reason}</source>
        <translation>{who} 于 {when} 驳回：{reason}</translation>
    </message>
</context>
<context>
    <name>GuideModel</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>HelpView</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>The guide lies on this computer; reading it needs no network.</source>
        <translation>使用指南就在本机上，阅读无需联网。</translation>
    </message>
    <message>
        <source>Find in the guide</source>
        <translation>在指南中查找</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>指南目录</translation>
    </message>
    <message>
        <source>The guide</source>
        <translation>使用指南</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>Touchstone opens no addresses. You can copy this one and open it elsewhere: {address}</source>
        <translation>试金石不会打开网址。可以复制后在别处打开：{address}</translation>
    </message>
</context>
<context>
    <name>HistoryFilterBar</name>
    <message>
        <source>Filter by words</source>
        <translation>按文字筛选</translation>
    </message>
    <message>
        <source>Every level</source>
        <translation>全部风险</translation>
    </message>
    <message>
        <source>Every decision</source>
        <translation>全部处置</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>不限时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Between two dates</source>
        <translation>指定日期</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>To</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Every model</source>
        <translation>全部模型</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Erased</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Checked text</source>
        <translation>核查过的文本</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>可核查</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Supplied text</source>
        <translation>外来文本</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>No answer fits these filters</source>
        <translation>没有符合筛选条件的回答</translation>
    </message>
    <message>
        <source>Take one of them away, or show all answers again.</source>
        <translation>可以去掉某个条件，或显示全部回答。</translation>
    </message>
    <message>
        <source>Show all answers</source>
        <translation>显示全部回答</translation>
    </message>
    <message>
        <source>Every answer that was checked on this computer, as it was checked.</source>
        <translation>本机核查过的全部回答，保持核查时的原样。</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln answer(s)</source>
        <translation>
            <numerusform>共 %Ln 条回答，显示 {shown} 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Past answers</source>
        <translation>历史回答</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>全部回答</translation>
    </message>
    <message>
        <source>No answers yet</source>
        <translation>还没有回答</translation>
    </message>
    <message>
        <source>Ask a question or check a text. Every checked answer is kept here with its evidence.</source>
        <translation>提一个问题或核查一段文本，核查过的回答会连同依据保存在这里。</translation>
    </message>
    <message>
        <source>Checked text</source>
        <translation>核查过的文本</translation>
    </message>
</context>
<context>
    <name>HitCard</name>
    <message>
        <source>words: no. {rank}</source>
        <translation>字词：第 {rank}</translation>
    </message>
    <message>
        <source>words: not found</source>
        <translation>字词：未命中</translation>
    </message>
    <message>
        <source>meaning: no. {rank}</source>
        <translation>语义：第 {rank}</translation>
    </message>
    <message>
        <source>meaning: not near</source>
        <translation>语义：不相近</translation>
    </message>
</context>
<context>
    <name>JudgeBar</name>
    <message>
        <source>This answer claims nothing</source>
        <translation>这个回答没有可核查的陈述</translation>
    </message>
    <message>
        <source>Claim {number} of {total} is shown as</source>
        <translation>陈述 {number} / {total}，系统判为</translation>
    </message>
    <message>
        <source>You say</source>
        <translation>您的判断</translation>
    </message>
    <message>
        <source>Confirm (C)</source>
        <translation>同意 (C)</translation>
    </message>
    <message>
        <source>Why, if you want to say</source>
        <translation>理由（选填）</translation>
    </message>
    <message>
        <source>Reason for your verdict</source>
        <translation>作出判断的理由</translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>Supported</source>
        <translation>有依据</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>与文件矛盾</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>文件中未找到</translation>
    </message>
    <message>
        <source>Cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>没有依据</translation>
    </message>
    <message>
        <source>Do your documents support this claim?</source>
        <translation>您的文件支持这条陈述吗？</translation>
    </message>
    <message>
        <source>Keys: 1–4 label · Backspace the last one again · B back · N next · Esc stop. Every label is kept at once.</source>
        <translation>按键：1–4 标注 · 退格键重标刚才那条 · B 上一条 · N 下一条 · Esc 停止。每次标注都会立即保存。</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>您的标注</translation>
    </message>
    <message>
        <source>The documents say this, in whatever words</source>
        <translation>文件中有这个意思，措辞可以不同</translation>
    </message>
    <message>
        <source>They say something else: another figure, date, name or rule</source>
        <translation>文件说法不同：数字、日期、名称或规定不一致</translation>
    </message>
    <message>
        <source>They say nothing of it, or only a part of it</source>
        <translation>文件没有提到，或只提到一部分</translation>
    </message>
    <message>
        <source>It cannot be decided; the claim will not count</source>
        <translation>无法判定；这条陈述不计入</translation>
    </message>
</context>
<context>
    <name>LabelPage</name>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Label claims</source>
        <translation>标注陈述</translation>
    </message>
    <message>
        <source>Previous claim (B)</source>
        <translation>上一条陈述（B）</translation>
    </message>
    <message>
        <source>Next claim (N)</source>
        <translation>下一条陈述（N）</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>标注进度</translation>
    </message>
    <message>
        <source>{done} of {total} labelled</source>
        <translation>已标注 {done} / {total}</translation>
    </message>
    <message>
        <source>about {minutes} min to go</source>
        <translation>约需 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Touchstone</source>
        <translation>试金石</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Check a text</source>
        <translation>核查文本</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pilot</source>
        <translation>试点</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Network: only {hosts}</source>
        <translation>网络：仅限 {hosts}</translation>
    </message>
    <message>
        <source>Offline. Nothing leaves this computer.</source>
        <translation>离线运行，数据不出本机。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>正在查找模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>Needs about {needed} of {free} free memory</source>
        <translation>约需内存 {needed}，当前可用 {free}</translation>
    </message>
    <message>
        <source>Needs about {needed} of {free} free on the GPU</source>
        <translation>约需显存 {needed}，当前可用 {free}</translation>
    </message>
    <message>
        <source>It will not fit. Move fewer layers to the GPU, or leave it to “Automatic”.</source>
        <translation>显存不够。请减少放到 GPU 上的层数，或选择“自动”。</translation>
    </message>
    <message>
        <source>It will not fit. Close other programs, choose a smaller context or a smaller model.</source>
        <translation>内存不够。请关闭其他程序、缩短上下文，或换用较小的模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln layer(s) on the GPU: {device}</source>
        <translation>
            <numerusform>%Ln 层放在 GPU 上：{device}</numerusform>
        </translation>
    </message>
    <message>
        <source>Computes on: {device}</source>
        <translation>计算设备：{device}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Passport…</source>
        <translation>护照…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用该模型</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>not stated in the file</source>
        <translation>文件中未注明</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
</context>
<context>
    <name>ModelRunner</name>
    <message>
        <source>Loading {name}</source>
        <translation>正在加载 {name}</translation>
    </message>
    <message>
        <source>Measuring {name}</source>
        <translation>正在测速：{name}</translation>
    </message>
    <message>
        <source>Speed test, 10 s</source>
        <translation>测速（10 秒）</translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation>释放内存</translation>
    </message>
    <message>
        <source>Load now</source>
        <translation>立即加载</translation>
    </message>
    <message>
        <source>Not loaded. The first question loads it.</source>
        <translation>未加载，首次提问时会自动加载。</translation>
    </message>
    <message>
        <source>Loaded; takes {size} now.</source>
        <translation>已加载，目前占用 {size}。</translation>
    </message>
    <message>
        <source>{name} is loaded and takes {size}; loading this one frees it.</source>
        <translation>当前加载的是 {name}，占用 {size}；加载此模型会将其释放。</translation>
    </message>
    <message>
        <source>Reads {reading} and writes {writing} tokens a second on this computer</source>
        <translation>本机每秒可读 {reading} 个词元、写 {writing} 个词元</translation>
    </message>
    <message>
        <source>Reads {reading} tokens a second; it wrote nothing in this time</source>
        <translation>每秒可读 {reading} 个词元；这段时间内还未开始写</translation>
    </message>
</context>
<context>
    <name>ModelsCard</name>
    <message>
        <source>2  Models</source>
        <translation>2  模型</translation>
    </message>
    <message>
        <source>Each is asked every question, with the same passages; one is in memory at a time.</source>
        <translation>每个模型都回答全部问题，所用段落相同；同一时间内存中只有一个模型。</translation>
    </message>
    <message>
        <source>No model is installed. Add a model file on the Models screen.</source>
        <translation>尚未安装模型。请在“模型”页面添加模型文件。</translation>
    </message>
</context>
<context>
    <name>ModelsModel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>on a server</source>
        <translation>在服务器上</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Checking {name}</source>
        <translation>正在校验 {name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Add a model file…</source>
        <translation>添加模型文件…</translation>
    </message>
    <message>
        <source>Model files (GGUF) that can answer on this computer, and models on servers in your firm.</source>
        <translation>在本机作答的模型文件（GGUF），以及公司服务器上的模型。</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>添加服务器…</translation>
    </message>
    <message>
        <source>Installed models</source>
        <translation>已安装的模型</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Model files (*.gguf)</source>
        <translation>模型文件 (*.gguf)</translation>
    </message>
    <message>
        <source>Looking through the model files</source>
        <translation>正在查看模型文件</translation>
    </message>
    <message>
        <source>A file that is new here is read once from beginning to end to know it by its hash.</source>
        <translation>首次出现的文件会从头到尾读取一遍，以计算其哈希值。</translation>
    </message>
    <message>
        <source>No model installed</source>
        <translation>尚未安装模型</translation>
    </message>
    <message>
        <source>Add a model file (GGUF) from this computer or a USB stick. It is checked and copied, never fetched.</source>
        <translation>从本机或 U 盘添加模型文件（GGUF）。文件经校验后复制进来，从不联网下载。</translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>What this does not prove: it speaks for Touchstone and for what Touchstone starts, not for other programs on this computer, and not for a file once you have exported it.</source>
        <translation>以上不能证明的：结论只针对试金石及其启动的程序，不涉及本机其他程序；文件一经导出，去向也不在其内。</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <source>System filter</source>
        <translation>系统拦截</translation>
    </message>
    <message>
        <source>Python code</source>
        <translation>Python 代码</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>当前连接</translation>
    </message>
    <message>
        <source>Allowed servers</source>
        <translation>允许的服务器</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Last look</source>
        <translation>最近查看</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已断网</translation>
    </message>
    <message>
        <source>The operating system refuses the network to Touchstone and to everything that it starts, native code included.</source>
        <translation>操作系统拒绝试金石及其启动的所有程序联网，包括非 Python 的底层代码。</translation>
    </message>
    <message>
        <source>Open to named servers</source>
        <translation>仅限指定服务器</translation>
    </message>
    <message>
        <source>The settings allow the servers named below; Python code is refused any other.</source>
        <translation>设置中允许连接下列服务器；除此之外，Python 代码一律不能联网。</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>存在连接</translation>
    </message>
    <message>
        <source>A connection is open that should not be. Copy the diagnostics and report it.</source>
        <translation>存在不应有的网络连接。请复制诊断信息并报告。</translation>
    </message>
    <message>
        <source>Closed for Python code</source>
        <translation>Python 代码已断网</translation>
    </message>
    <message>
        <source>Python code is refused and no connection is open. This system has no filter that also holds for native code; unplug the network if you need that certainty.</source>
        <translation>Python 代码不能联网，目前也没有连接。但本系统没有能约束底层代码的拦截机制；如需完全确定，请拔掉网线或关闭无线网络。</translation>
    </message>
    <message>
        <source>Not refused</source>
        <translation>未拦截</translation>
    </message>
    <message>
        <source>Nothing refuses the network to this process. No connection is open now.</source>
        <translation>本程序目前没有受到联网拦截。此刻没有打开的连接。</translation>
    </message>
    <message>
        <source>not in force: native code could open a socket</source>
        <translation>未生效：底层代码可以打开网络套接字</translation>
    </message>
    <message>
        <source>tried just now: native code was refused a socket. In force in {some} of {all}</source>
        <translation>刚刚实测：底层代码申请网络套接字被拒。{all}中有 {some} 个已生效</translation>
    </message>
    <message numerus="yes">
        <source>%Ln process(es)</source>
        <translation>
            <numerusform>%Ln 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>not refused</source>
        <translation>未拦截</translation>
    </message>
    <message>
        <source>tried just now: refused a connection. Attempts before: {count}</source>
        <translation>刚刚实测：连接被拒。此前尝试联网 {count} 次</translation>
    </message>
    <message numerus="yes">
        <source>%Ln process(es) cannot be looked into</source>
        <translation>
            <numerusform>有 %Ln 个进程无法查看</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none in %Ln process(es)</source>
        <translation>
            <numerusform>%Ln 个进程均无连接</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Touchstone ended without being closed. What you had typed here was kept:</source>
        <translation>试金石上次未正常退出，您在这里输入的内容已保留：</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>Offload</name>
    <message>
        <source>Layers on the GPU</source>
        <translation>放到 GPU 上的层数</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{total} 层中的 {number} 层</translation>
    </message>
    <message>
        <source>none: no GPU that can be used here</source>
        <translation>无：本机没有可用的 GPU</translation>
    </message>
</context>
<context>
    <name>OptionsCard</name>
    <message>
        <source>3  Options</source>
        <translation>3  选项</translation>
    </message>
    <message>
        <source>Questions that are also asked in variants</source>
        <translation>另以变体提问的问题数</translation>
    </message>
    <message>
        <source>Reworded, mistyped, the evidence removed, its figure changed: does the answer stand, or follow, as it should? Up to 9 more answers for each question with an expected answer.</source>
        <translation>换说法、加错字、去掉证据、改动证据中的数字：回答该不变的是否不变，该跟着变的是否跟着变？每个有预期答案的问题最多另加 9 个回答。</translation>
    </message>
    <message>
        <source>Wordings of these questions</source>
        <translation>这些问题的改写方式</translation>
    </message>
    <message>
        <source>By rule only</source>
        <translation>仅按规则</translation>
    </message>
    <message>
        <source>Check citations by taking them away</source>
        <translation>抽去引文复核</translation>
    </message>
    <message>
        <source>Every supported claim is checked again without what it cites; after a genuine citation it is no longer found. No further answers are written.</source>
        <translation>每条有依据的论断都在抽去其引文后再核对一次；引文若确为依据，抽去后就应查无依据。不会另写回答。</translation>
    </message>
    <message>
        <source>A model of the run can also reword and translate them; the rules only do a little.</source>
        <translation>也可由本次试点的一个模型改写和翻译；仅凭规则改动有限。</translation>
    </message>
    <message>
        <source>It writes two short texts for each of these questions before the run, each in less time than an answer takes. Those that keep figures and names are asked too: up to 2 more answers of each model.</source>
        <translation>试点开始前，它为这些问题各写两段短文，每段用时少于写一个回答。数字和名称保持不变的改写也会用来提问：每个模型最多多答 2 次。</translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>Drawing the page</source>
        <translation>正在绘制页面</translation>
    </message>
    <message>
        <source>The page as it looks; the quote is marked.</source>
        <translation>原页面，引文已标出。</translation>
    </message>
    <message>
        <source>The page as it looks.</source>
        <translation>页面原貌。</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Picture of the page</source>
        <translation>页面图像</translation>
    </message>
</context>
<context>
    <name>PagesModel</name>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>Without a heading</source>
        <translation>（无标题部分）</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>PartsModel</name>
    <message>
        <source>Part</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>PassagePane</name>
    <message>
        <source>What your documents hold</source>
        <translation>您的文件怎么说</translation>
    </message>
    <message>
        <source>Searching your documents</source>
        <translation>正在检索您的文件</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) come closest; shared words are marked</source>
        <translation>
            <numerusform>最接近的 %Ln 个段落；相同的词已标出</numerusform>
        </translation>
    </message>
    <message>
        <source>No passage comes near this claim. If the documents do not say it, it is not found.</source>
        <translation>没有接近这条陈述的段落。若文件中确无此说，即为“文件中未找到”。</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Unlock your signing key</source>
        <translation>解锁签名密钥</translation>
    </message>
    <message>
        <source>For an administrator</source>
        <translation>须由管理员确认</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Two persons stand behind each answer here: one asks, another reviews. Only a reviewer reads what is held, and signs the decision. Your key stays open for a quarter of an hour.</source>
        <translation>本文件库实行双人复核：一人提问，另一人审核。被拦下的内容只有审核人能查看，处理决定须由审核人签名。密钥解锁后 15 分钟内有效。</translation>
    </message>
    <message>
        <source>Your key came with the review file, locked by your passphrase. It signs your decisions here and stays open for a quarter of an hour.</source>
        <translation>您的签名密钥随审核文件一同带来，由您的口令加密。决定用它签名，解锁后 15 分钟内有效。</translation>
    </message>
    <message>
        <source>This library has users, so an administrator says which servers of the firm may be sent its questions and passages. The log records who did. The key is not kept open.</source>
        <translation>此文件库设有用户，哪些公司服务器可以接收其问题和段落须由管理员决定。日志会记录由谁决定。密钥不会保持解锁。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Afterwards no server may be asked.</source>
        <translation>确认之后，不允许连接任何服务器。</translation>
    </message>
    <message>
        <source>Afterwards these may be asked, and no others: {hosts}</source>
        <translation>确认之后，只允许连接：{hosts}</translation>
    </message>
</context>
<context>
    <name>PassportPanel</name>
    <message>
        <source>Model passport</source>
        <translation>模型护照</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading the whole file</source>
        <translation>正在通读整个文件</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>建议追问</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>PilotCharts</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PilotModel</name>
    <message>
        <source>Not asked yet</source>
        <translation>尚未提问</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refused: {level}</source>
        <translation>拒答：{level}</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>{level}, source not needed</source>
        <translation>{level}，不依赖所引来源</translation>
    </message>
</context>
<context>
    <name>PilotProgress</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop and show results</source>
        <translation>停止并查看结果</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>试点进度</translation>
    </message>
    <message>
        <source>Every answer is kept as soon as it is there: a pause, a stop or a power cut costs only the one being written. While the run works, the other screens cannot load a model.</source>
        <translation>回答一完成即保存：暂停、停止或断电，损失的只是正在写的那一个。试点运行期间，其他页面无法加载模型。</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>剩余约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min left</source>
        <translation>剩余约 {hours} 小时 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>PilotView</name>
    <message>
        <source>Pilot</source>
        <translation>试点</translation>
    </message>
    <message>
        <source>A set of questions through several models, and what came of it.</source>
        <translation>用同一题集考查多个模型，并查看结果。</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新建试点…</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>打开一次试点…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Choose “New run…” to ask your own questions of several models on your documents, or open the folder of a run, also of one that “touchstone pilot run” began.</source>
        <translation>选择“新建试点…”，让多个模型就您的文件回答您自己的问题；也可打开已有试点的文件夹，包括用“touchstone pilot run”运行的试点。</translation>
    </message>
    <message>
        <source>No run is open</source>
        <translation>尚未打开试点</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>打开一次试点</translation>
    </message>
</context>
<context>
    <name>PoliciesModel</name>
    <message>
        <source>{name}, version {version}</source>
        <translation>{name} 第 {version} 版</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Other checker</source>
        <translation>核查模型不同</translation>
    </message>
    <message>
        <source>As shipped</source>
        <translation>同出厂设置</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Held from</source>
        <translation>拦截起点</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标注数</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
</context>
<context>
    <name>PolicyCard</name>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Why, if you want to say; it is recorded</source>
        <translation>理由（可不填），会留下记录</translation>
    </message>
    <message>
        <source>Reason for the change</source>
        <translation>变更理由</translation>
    </message>
    <message>
        <source>Let it decide</source>
        <translation>采用所选策略</translation>
    </message>
    <message>
        <source>Go back to the one before</source>
        <translation>恢复上一个策略</translation>
    </message>
    <message>
        <source>A policy decides from the moment it is chosen; past answers keep their levels.</source>
        <translation>策略自采用时起生效，以往回答的等级不变。</translation>
    </message>
    <message>
        <source>No policy yet</source>
        <translation>还没有策略</translation>
    </message>
    <message>
        <source>Draw and label some claims, then keep what they say as a policy.</source>
        <translation>先抽取并标注一些陈述，再把结果存为策略。</translation>
    </message>
    <message>
        <source>What was shipped decides.</source>
        <translation>目前使用出厂设置。</translation>
    </message>
    <message>
        <source>“{policy}” decides since {date}, chosen by {who}.</source>
        <translation>自 {date} 起采用“{policy}”，由 {who} 选定。</translation>
    </message>
    <message>
        <source>Its text is not what was stored. Go back to the one before.</source>
        <translation>这个策略的内容与当初保存的不一致。请恢复上一个策略。</translation>
    </message>
    <message>
        <source>It was made for another version of the checker and is set aside: what was shipped decides. Draw and label claims anew.</source>
        <translation>这个策略是针对另一版本的核查模型做的，现已搁置，目前使用出厂设置。请重新抽取并标注陈述。</translation>
    </message>
    <message>
        <source>The settings hold answers from {risk} on, which goes before any policy. Choose “As calibrated” there to let the policy decide.</source>
        <translation>设置中指定自 {risk} 起拦截，优先于任何策略。如需由策略决定，请在设置中改为“按校准结果”。</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文件中查找</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>The text as it was read</source>
        <translation>读取到的文字</translation>
    </message>
    <message>
        <source>As it was read</source>
        <translation>读取到的文字</translation>
    </message>
    <message>
        <source>As it looks</source>
        <translation>页面原貌</translation>
    </message>
    <message>
        <source>Read on {date}. This version is searched.</source>
        <translation>读取于 {date}，目前检索的就是这个版本。</translation>
    </message>
    <message>
        <source>Read on {date}. An earlier version: kept for old answers, no longer searched.</source>
        <translation>读取于 {date}。这是旧版本，仅为以往的回答保留，不再检索。</translation>
    </message>
</context>
<context>
    <name>ProblemsModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>有误之处</translation>
    </message>
</context>
<context>
    <name>PromiseCard</name>
    <message>
        <source>Threshold</source>
        <translation>拦截起点</translation>
    </message>
    <message>
        <source>Of the unsupported claims, at most so many may pass:</source>
        <translation>没有依据的陈述，最多允许放行：</translation>
    </message>
    <message>
        <source>Miss rate to promise</source>
        <translation>要保证的漏检率</translation>
    </message>
    <message>
        <source>The promise is for claims like those drawn: the same kind of documents, questions and model. It holds on average over repeated labelling; the intervals tell what these labels allow to say.</source>
        <translation>保证只适用于与样本同类的陈述，即同类的文件、问题和模型；它是对反复抽样标注的平均而言，区间则说明仅凭这批标注能得出什么。</translation>
    </message>
    <message>
        <source>Back to the promise</source>
        <translation>改回有保证的起点</translation>
    </message>
    <message>
        <source>Keep it as a policy</source>
        <translation>存为策略</translation>
    </message>
    <message>
        <source>Name, such as “Contracts and prices”</source>
        <translation>名称，例如“合同与价格”</translation>
    </message>
    <message>
        <source>Name of the policy</source>
        <translation>策略名称</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Hold from {risk} by hand</source>
        <translation>手动改为自 {risk} 起拦截</translation>
    </message>
    <message>
        <source>Pick a row of the table to set it by hand</source>
        <translation>在表中选一行即可手动指定</translation>
    </message>
    <message>
        <source>By hand: answers are held from {risk} on. Nothing is promised. Here: {misses} misses (up to {most}), {alarms} false alarms, {held} of the past answers held.</source>
        <translation>手动指定：自风险 {risk} 起拦截，不作任何保证。就这批标注：漏检 {misses}（至多 {most}），误报 {alarms}，以往回答中有 {held} 会被拦下。</translation>
    </message>
    <message>
        <source>Hold answers from {risk} on, and on average at most {wished} of the unsupported claims pass. Here: {misses} misses (up to {most}), {alarms} false alarms, {held} of the past answers held.</source>
        <translation>自风险 {risk} 起拦截，没有依据的陈述平均最多放行 {wished}。就这批标注：漏检 {misses}（至多 {most}），误报 {alarms}，以往回答中有 {held} 会被拦下。</translation>
    </message>
    <message>
        <source>{wished} cannot be promised yet: at least {needed} unsupported claims must be among the labelled ones, {found} are. Label about {more} more claims. The lowest rate that can be promised now is {best}.</source>
        <translation>目前还不能保证 {wished}：已标注的陈述中至少要有 {needed} 条没有依据，现有 {found} 条。大约还需再标注 {more} 条。现在能保证的最低漏检率为 {best}。</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message numerus="yes">
        <source>%Ln answer(s) written to {path}. It holds their texts: hand it to the reviewers only.</source>
        <translation>
            <numerusform>已将 %Ln 篇回答写入 {path}。其中含有回答全文，请只交给审核人。</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Held answers, the most pressing first, and a few that had passed, drawn by chance and mixed in. Some do not show their level, so that nobody is led by it.</source>
        <translation>这里是被拦下的回答，越紧迫越靠前；其中混有少量随机抽取的已通过回答。部分回答不显示风险等级，以免影响判断。</translation>
    </message>
    <message>
        <source>Filter by question or reviewer</source>
        <translation>按问题或审核人筛选</translation>
    </message>
    <message>
        <source>Answers that wait</source>
        <translation>待审核的回答</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>全部等级</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>All reviewers</source>
        <translation>全部审核人</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>分配给我的</translation>
    </message>
    <message>
        <source>Nobody&apos;s yet</source>
        <translation>尚未分配</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>分配给我</translation>
    </message>
    <message>
        <source>Assign to nobody</source>
        <translation>取消分配</translation>
    </message>
    <message>
        <source>Start reviewing</source>
        <translation>开始审核</translation>
    </message>
    <message>
        <source>Take along…</source>
        <translation>带走待审回答…</translation>
    </message>
    <message>
        <source>Open a review file…</source>
        <translation>打开审核文件…</translation>
    </message>
    <message>
        <source>Bring decisions back…</source>
        <translation>带回决定…</translation>
    </message>
    <message>
        <source>On another computer:</source>
        <translation>在另一台电脑上审核：</translation>
    </message>
    <message>
        <source>Answers in this file</source>
        <translation>文件中的回答</translation>
    </message>
    <message>
        <source>Read them with their evidence, and release or reject them. Each decision is signed.</source>
        <translation>对照依据逐篇阅读，然后放行或驳回。每项决定都要签名。</translation>
    </message>
    <message>
        <source>Every answer in this file is decided</source>
        <translation>文件中的回答都已处理完毕</translation>
    </message>
    <message>
        <source>Send the file of decisions back, and close the review file.</source>
        <translation>请送回决定文件，并关闭审核文件。</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>没有待审核的回答</translation>
    </message>
    <message>
        <source>Answers that are held come here, and a small random share of those that had passed.</source>
        <translation>被拦下的回答会出现在这里，另有少量随机抽取的已通过回答。</translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere on this page to add them.</source>
        <translation>把文件或文件夹拖到本页任意位置即可添加。</translation>
    </message>
    <message>
        <source>Reading file {index} of {total}: {name}</source>
        <translation>正在读取第 {index} 个文件，共 {total} 个：{name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>新增 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>更新 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>未变 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be used</source>
        <translation>
            <numerusform>%Ln 个无法使用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>已读取 %Ln 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Not in your documents</source>
        <translation>您的文件中没有相关内容</translation>
    </message>
    <message>
        <source>The model found no answer in the passages that came closest, and says so. If you expected one, check that the document is in the library, or ask with the words that it uses.</source>
        <translation>模型在最接近的段落中没有找到答案，并如实说明。如果您认为应该有，请检查相关文件是否已加入文件库，或换用文件中的说法再问一次。</translation>
    </message>
    <message>
        <source>Show the passages that come closest</source>
        <translation>显示最接近的段落</translation>
    </message>
    <message numerus="yes">
        <source>Searched: {passages} passages of %Ln document(s), by words and by meaning.</source>
        <translation>
            <numerusform>已按字词和含义检索 %Ln 个文件的 {passages} 个段落。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model read the %Ln passage(s) that came closest.</source>
        <translation>
            <numerusform>模型阅读了其中最接近的 %Ln 个段落。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReleasedText</name>
    <message>
        <source>Released text, edited</source>
        <translation>已放行的文本（经修改）</translation>
    </message>
    <message>
        <source>Show changes</source>
        <translation>显示改动</translation>
    </message>
    <message>
        <source>Below: the answer as it was written and checked.</source>
        <translation>下方为核查时的回答原文。</translation>
    </message>
</context>
<context>
    <name>RemoveDialog</name>
    <message>
        <source>Remove from the library</source>
        <translation>移出文件库</translation>
    </message>
    <message>
        <source>{name} will no longer be searched, and answers from now on are not checked against it. The file itself stays where it is. Old answers still show what they quoted from it.</source>
        <translation>{name} 将不再参与检索，此后的回答也不再对照它核查。文件本身原样保留；以往的回答仍能显示当时引用的内容。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RemoveServerDialog</name>
    <message>
        <source>Remove the server&apos;s model</source>
        <translation>移除服务器上的模型</translation>
    </message>
    <message>
        <source>{name} and its key are forgotten here; the server itself is not touched. Answers that it wrote stay. Its host stays among those that may be asked: take it off in Settings.</source>
        <translation>本机将不再保存 {name} 及其密钥，服务器本身不受影响。它写过的回答会保留。其主机仍在允许之列，可在“设置”中删去。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>What the labels say</source>
        <translation>标注结果</translation>
    </message>
    <message>
        <source>What each threshold does</source>
        <translation>各起点的效果</translation>
    </message>
    <message>
        <source>Misses: unsupported claims in answers that pass. False alarms: supported claims in answers that wait. In brackets the 95 % interval.</source>
        <translation>漏检：没有依据的陈述随回答放行。误报：有依据的陈述随回答被拦。括号内为 95% 区间。</translation>
    </message>
    <message>
        <source>Working out what the labels say</source>
        <translation>正在计算标注结果</translation>
    </message>
    <message>
        <source>{labelled} labelled claims, {unsupported} not supported, {unclear} could not be told</source>
        <translation>已标注 {labelled} 条，其中 {unsupported} 条没有依据，{unclear} 条无法判断</translation>
    </message>
    <message>
        <source>Refitting would not make the risks more honest here, so the shipped ones stay.</source>
        <translation>重新拟合并不能让风险估计更准确，因此保留出厂的风险估计。</translation>
    </message>
    <message>
        <source>The draw was weighted, and so are all figures.</source>
        <translation>样本为加权抽取，以下数据均已加权。</translation>
    </message>
    <message>
        <source>Gap between told and seen risk (ECE): {gap}. Squared error (Brier): {error}.</source>
        <translation>风险估计与实际的平均偏差（ECE）：{gap}。平方误差（Brier）：{error}。</translation>
    </message>
    <message>
        <source>Gap between told and seen risk (ECE): {gap} before, {gap_after} after. Squared error (Brier): {error} before, {error_after} after. “After” is measured on labels that were left out of the fit, in turn.</source>
        <translation>风险估计与实际的平均偏差（ECE）：校准前 {gap}，校准后 {gap_after}。平方误差（Brier）：校准前 {error}，校准后 {error_after}。“校准后”是轮流留出一部分标注、在未参与拟合的标注上测得的。</translation>
    </message>
    <message>
        <source>Stored as “{policy}”. It decides nothing until you choose it among the policies.</source>
        <translation>已存为“{policy}”。在策略列表中采用之前不会生效。</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The policy keeps the text of a held answer back until a named person releases it.</source>
        <translation>按现行策略，被拦下的回答在具名人员放行之前不显示正文。</translation>
    </message>
    <message>
        <source>Draft, not checked yet. It cannot be selected or copied until every claim is checked.</source>
        <translation>草稿，尚未核查。全部陈述核查完之前不能选取或复制。</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Export the run</source>
        <translation>导出试点结果</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Ask again where there was no answer</source>
        <translation>重问没有得到回答的问题</translation>
    </message>
    <message>
        <source>Filter questions</source>
        <translation>筛选问题</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>全部等级</translation>
    </message>
    <message>
        <source>Questions and models</source>
        <translation>问题与模型</translation>
    </message>
    <message>
        <source>This run is not finished: {done} of {total} answers are there.</source>
        <translation>这次试点尚未完成：已有 {done} 个回答，共 {total} 个。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) got no answer.</source>
        <translation>
            <numerusform>%Ln 个问题没有得到回答。</numerusform>
        </translation>
    </message>
    <message>
        <source>All charts…</source>
        <translation>全部图表…</translation>
    </message>
</context>
<context>
    <name>RetrievalView</name>
    <message>
        <source>Searching</source>
        <translation>正在检索</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Test retrieval</source>
        <translation>检索测试</translation>
    </message>
    <message>
        <source>A question or a statement, in English or Chinese</source>
        <translation>输入问题或陈述，中英文均可</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation>找到的段落</translation>
    </message>
    <message>
        <source>See what your documents yield for a question before a model is asked: the passages in their order, and whether their words, their meaning or both brought them up.</source>
        <translation>不必动用模型，先看一个问题能从文件中找到什么：段落按先后排列，并注明是靠字词、语义，还是两者兼有而找到的。</translation>
    </message>
    <message>
        <source>Nothing was found. Are the documents that should answer this in the list, and ready?</source>
        <translation>没有找到任何段落。应当能回答这个问题的文件是否已在列表中，并且状态为“可用”？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) found</source>
        <translation>
            <numerusform>找到 %Ln 个段落</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model reads the first %Ln.</source>
        <translation>
            <numerusform>模型会读其中前 %Ln 个。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message numerus="yes">
        <source>The edited text was checked: {done} of %Ln claim(s) could be checked.</source>
        <translation>
            <numerusform>已核查修改后的文本：%Ln 条陈述中有 {done} 条可以核查。</numerusform>
        </translation>
    </message>
    <message>
        <source>Release this answer</source>
        <translation>放行这个回答</translation>
    </message>
    <message>
        <source>Reject this answer</source>
        <translation>驳回这个回答</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>It may be used after this. Your name, the time you took and the reason are recorded.</source>
        <translation>放行后即可使用。您的姓名、审核用时和理由都会记录在案。</translation>
    </message>
    <message>
        <source>It stays closed for good. Your name, the time you took and the reason are recorded.</source>
        <translation>驳回后不再开放。您的姓名、审核用时和理由都会记录在案。</translation>
    </message>
    <message>
        <source>Your decision is signed and written to the file of decisions, with your name, the time you took and the reason. It counts once it is brought back to the library.</source>
        <translation>决定经签名后写入决定文件，其中包括您的姓名、审核用时和理由；带回文件库之后才生效。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>补充说明</translation>
    </message>
    <message>
        <source>Caveats that go with the answer, one a line (optional)</source>
        <translation>随回答附上的提示，每行一条（选填）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Checking the edited text…</source>
        <translation>正在核查修改后的文本…</translation>
    </message>
    <message>
        <source>The edited text is checked when your decision is brought back to the library.</source>
        <translation>改动后的文本会在决定带回文件库时核查。</translation>
    </message>
</context>
<context>
    <name>ReviewFiles</name>
    <message>
        <source>Write the review file</source>
        <translation>写出审核文件</translation>
    </message>
    <message>
        <source>Review files (*.json)</source>
        <translation>审核文件 (*.json)</translation>
    </message>
    <message>
        <source>Open a review file</source>
        <translation>打开审核文件</translation>
    </message>
    <message>
        <source>Bring decisions back</source>
        <translation>带回决定</translation>
    </message>
    <message>
        <source>Decisions (*.jsonl)</source>
        <translation>决定文件 (*.jsonl)</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>Level not shown yet</source>
        <translation>风险等级暂不显示</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln claim(s) looked at</source>
        <translation>
            <numerusform>%Ln 条陈述中已看过 {done} 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Why it is held: {reasons}</source>
        <translation>拦下原因：{reasons}</translation>
    </message>
    <message>
        <source>{decision} by {who}. Touchstone had rated it: {level}.</source>
        <translation>{decision}，处理人：{who}。试金石原先的评级：{level}。</translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>Not shown</source>
        <translation>暂不显示</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
    <message>
        <source>Checked text</source>
        <translation>核查过的文本</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>已等待</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>尚未分配</translation>
    </message>
    <message>
        <source>Answer {number} of {total}</source>
        <translation>第 {number} 个，共 {total} 个</translation>
    </message>
</context>
<context>
    <name>RiskGauge</name>
    <message>
        <source>Estimated risk: {risk}</source>
        <translation>估计风险：{risk}</translation>
    </message>
    <message>
        <source>How likely it is that at least one claim is not borne out by the documents.</source>
        <translation>至少有一条陈述得不到文件支持的可能性。</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>{passed}, about {left} left</source>
        <translation>已用 {passed}，约剩 {left}</translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message>
        <source>Answers so far, to the questions as the set has them</source>
        <translation>目前的回答（按题集原题）</translation>
    </message>
    <message>
        <source>Stopping after what cannot be interrupted</source>
        <translation>正在停止，请稍候</translation>
    </message>
    <message>
        <source>Answer {number} of {total}</source>
        <translation>第 {number} 个回答，共 {total} 个</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{done} of {total} answers</source>
        <translation>已有 {done} 个回答，共 {total} 个</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Looking up passages: question {done} of {total}</source>
        <translation>正在查找段落：第 {done} 题，共 {total} 题</translation>
    </message>
    <message>
        <source>time left not known yet</source>
        <translation>剩余时间尚不可知</translation>
    </message>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln 个没有得到回答</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message>
        <source>Page that the arrow keys scroll</source>
        <translation>可用方向键滚动的页面</translation>
    </message>
</context>
<context>
    <name>ServerDialog</name>
    <message>
        <source>A model on a server in your firm</source>
        <translation>公司服务器上的模型</translation>
    </message>
    <message>
        <source>The server wants no key</source>
        <translation>服务器不需要密钥</translation>
    </message>
    <message>
        <source>Typed here, kept in the system&apos;s keyring</source>
        <translation>在此输入，保存在系统密钥环中</translation>
    </message>
    <message>
        <source>In an environment variable</source>
        <translation>保存在环境变量中</translation>
    </message>
    <message>
        <source>Add the server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s server, vLLM, or anything else that speaks the OpenAI protocol. It writes answers; they are checked on this computer all the same.</source>
        <translation>可以是 llama.cpp 服务器、vLLM，或其他支持 OpenAI 协议的服务。回答由它写，核查仍在本机进行。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>The model&apos;s name on that server</source>
        <translation>模型在该服务器上的名称</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>File of the firm&apos;s own certificate authority (PEM), where it has one</source>
        <translation>公司自有证书颁发机构的文件（PEM，没有可不填）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Questions and the passages found for them leave this computer once a question is asked of this model. Adding it sends nothing: its host must be allowed first, and no model on a server is ever chosen by itself.</source>
        <translation>一旦向该模型提问，问题及为其找到的段落就会离开本机。添加时不发送任何内容：须先允许其主机，且服务器上的模型绝不会被自动选用。</translation>
    </message>
    <message>
        <source>Choose the file of the authority</source>
        <translation>选择证书颁发机构的文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>The key</source>
        <translation>密钥内容</translation>
    </message>
    <message>
        <source>Name of the variable</source>
        <translation>变量名</translation>
    </message>
</context>
<context>
    <name>ServerPanel</name>
    <message>
        <source>Allow this host…</source>
        <translation>允许此主机…</translation>
    </message>
    <message>
        <source>Try the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>{host} is not among the servers that may be asked: nothing is sent there.</source>
        <translation>{host} 不在允许连接的服务器之列，不会向其发送任何内容。</translation>
    </message>
    <message>
        <source>No administrator of this library has allowed {host}: nothing is sent there.</source>
        <translation>此文件库的管理员尚未允许 {host}，不会向其发送任何内容。</translation>
    </message>
    <message>
        <source>{host} is allowed from the next start: close Touchstone and start it again.</source>
        <translation>{host} 自下次启动起允许连接：请关闭试金石后重新启动。</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>The server is there and runs the model. Up to {count} tokens are used.</source>
        <translation>服务器应答正常，并运行着该模型。最多使用 {count} 个词元。</translation>
    </message>
    <message>
        <source>in the system&apos;s keyring</source>
        <translation>在系统密钥环中</translation>
    </message>
    <message>
        <source>yes, trusted by the firm&apos;s own authority</source>
        <translation>是，由公司自己的证书颁发机构担保</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no: nothing is sent there</source>
        <translation>否，不会向其发送任何内容</translation>
    </message>
    <message>
        <source>not by an administrator of this library</source>
        <translation>此文件库的管理员尚未允许</translation>
    </message>
    <message>
        <source>from the next start</source>
        <translation>下次启动起</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行位置</translation>
    </message>
    <message>
        <source>a server in your firm</source>
        <translation>公司内部服务器</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Name there</source>
        <translation>服务器上的名称</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Host allowed</source>
        <translation>主机已允许</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>not known: a server&apos;s file cannot be hashed from here</source>
        <translation>未知：无法从本机计算服务器上文件的哈希值</translation>
    </message>
</context>
<context>
    <name>SetCard</name>
    <message>
        <source>1  Questions</source>
        <translation>1  问题</translation>
    </message>
    <message>
        <source>A table of your own questions, where you like with the answer you expect, the document that holds it, and those that must be refused because no document answers them.</source>
        <translation>一张您自己的问题表，可写明预期答案、答案所在的文件，以及因文件中没有答案而应拒答的问题。</translation>
    </message>
    <message>
        <source>Choose a question set…</source>
        <translation>选择问题集…</translation>
    </message>
    <message>
        <source>Write a template…</source>
        <translation>生成模板…</translation>
    </message>
    <message>
        <source>Draft questions…</source>
        <translation>草拟问题…</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>What is wrong with the set</source>
        <translation>问题集的有误之处</translation>
    </message>
    <message>
        <source>Choose a question set</source>
        <translation>选择问题集</translation>
    </message>
    <message>
        <source>Question sets (*.csv *.tsv *.txt *.xlsx *.jsonl)</source>
        <translation>问题集 (*.csv *.tsv *.txt *.xlsx *.jsonl)</translation>
    </message>
    <message>
        <source>Write a template</source>
        <translation>生成模板</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>问题集</translation>
    </message>
    <message>
        <source>{path} is written. Fill it in, save it, then read it again.</source>
        <translation>已生成 {path}。请填写并保存，然后重新读取。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln 个问题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with an expected answer</source>
        <translation>
            <numerusform>%Ln 个有预期答案</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln must be refused</source>
        <translation>
            <numerusform>%Ln 个应拒答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) keep this set from being run. Correct the file, save it, then read it again.</source>
        <translation>
            <numerusform>有 %Ln 处填写有误，此问题集暂时无法运行。请在文件中更正并保存，然后重新读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) are unread proposals: read each, keep it without the tag “draft”, or delete it.</source>
        <translation>
            <numerusform>%Ln 个问题是尚未审阅的草稿。请逐一审阅：保留的去掉“draft”标签，不要的删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>The file holds no question yet.</source>
        <translation>文件中还没有问题。</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>As calibrated</source>
        <translation>按校准结果</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes take effect at once and are stored on this computer.</source>
        <translation>修改立即生效，保存在本机。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>文件库</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Touchstone opens no network connection and needs none.</source>
        <translation>试金石不建立任何网络连接，也不需要网络。</translation>
    </message>
    <message>
        <source>Only to {hosts}, and only when a model there is asked.</source>
        <translation>只连接 {hosts}，且只在向那里的模型提问时。</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Start the run</source>
        <translation>开始试点</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep it elsewhere…</source>
        <translation>更改保存位置…</translation>
    </message>
    <message>
        <source>Keep the run in a folder</source>
        <translation>选择试点的保存位置</translation>
    </message>
    <message>
        <source>The run gets a folder of its own in {path}. It can be paused and gone on with.</source>
        <translation>试点将保存在 {path} 下的单独文件夹中，可以暂停，稍后继续。</translation>
    </message>
    <message>
        <source>Choose a question set to begin with.</source>
        <translation>请先选择问题集。</translation>
    </message>
    <message>
        <source>This set cannot be run yet.</source>
        <translation>此问题集暂时无法运行。</translation>
    </message>
    <message>
        <source>Tick the models that shall answer.</source>
        <translation>请勾选要参加的模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>%Ln 个回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>variants of %Ln question(s)</source>
        <translation>
            <numerusform>%Ln 个问题的变体</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>{text} (marked)</source>
        <translation>{text}（已标记）</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>The sheet as it was read; the quoted cells are marked</source>
        <translation>读取时的工作表，引用的单元格已标出</translation>
    </message>
</context>
<context>
    <name>StandingBox</name>
    <message>
        <source>Standing</source>
        <translation>效力与有效期</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>效力等级</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>生效日</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>失效日</translation>
    </message>
    <message>
        <source>Where documents disagree, the higher authority goes first. Before its first and after its last day a document supports nothing: what only it says is not supported.</source>
        <translation>文件说法不一时，以效力等级高的为准。文件在生效日之前和失效日之后不能作为依据：只有它支持的说法，按没有依据处理。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Risks and thresholds come from elsewhere until they are fitted to your own documents: label some claims of your answers, see what they say, and let a policy decide.</source>
        <translation>出厂的风险和拦截起点是在别处测得的。请标注自己回答中的一些陈述，看看结果如何，再由您的策略来决定。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>The text makes no claim that could be checked</source>
        <translation>文本中没有可核查的陈述</translation>
    </message>
    <message numerus="yes">
        <source>{checked} of %Ln claim(s) could be checked</source>
        <translation>
            <numerusform>%Ln 条陈述中有 {checked} 条可以核查</numerusform>
        </translation>
    </message>
    <message>
        <source>{verdict}: {count}</source>
        <translation>{verdict}：{count}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln further answer(s) in {time}</source>
        <translation>
            <numerusform>附加回答 %Ln 次，用时 {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) written</source>
        <translation>
            <numerusform>写出 %Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>about {wh} Wh (estimate, {watts} W)</source>
        <translation>约 {wh} 瓦时（按 {watts} 瓦估算）</translation>
    </message>
</context>
<context>
    <name>TakeDialog</name>
    <message>
        <source>Take answers along</source>
        <translation>带走待审回答</translation>
    </message>
    <message>
        <source>Every reviewer of this library</source>
        <translation>本文件库的全部审核人</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reviewers decide on another computer, without this library, and send back a file of signed decisions.</source>
        <translation>审核人在另一台电脑上作出决定，不需要本文件库，然后送回一个含签名决定的文件。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>For</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>The file holds these answers in full, the text of the document pages that their evidence stands on, and the reviewers&apos; keys, locked by their passphrases. It is signed by this library but not encrypted: hand it over as you would hand over the documents.</source>
        <translation>该文件含有这些回答的全文、依据所在文档页面的文字，以及由口令加密的审核人密钥。文件由本文件库签名，但未加密：请像交接文档原件一样谨慎交接。</translation>
    </message>
    <message numerus="yes">
        <source>All that wait: %Ln</source>
        <translation>
            <numerusform>全部待审：%Ln 篇</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned to nobody yet: %Ln</source>
        <translation>
            <numerusform>尚未分配：%Ln 篇</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned to {name}: %Ln</source>
        <translation>
            <numerusform>分配给 {name}：%Ln 篇</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TallyModel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>ThresholdPicture</name>
    <message>
        <source>What these thresholds would have let through</source>
        <translation>按这样的阈值，过去的回答会怎样</translation>
    </message>
    <message>
        <source>Reading the history</source>
        <translation>正在读取历史</translation>
    </message>
    <message>
        <source>No answers yet. The picture is drawn from your own history.</source>
        <translation>还没有回答。这张图根据您自己的历史绘制。</translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln past answer(s), {free} could have been used at once and {held} held.</source>
        <translation>
            <numerusform>过去的 %Ln 条回答中，{free} 条可直接使用，{held} 条会被拦下。</numerusform>
        </translation>
    </message>
    <message>
        <source>Medium from {medium}, high from {high}.</source>
        <translation>{medium} 起为中风险，{high} 起为高风险。</translation>
    </message>
    <message numerus="yes">
        <source> %Ln answer(s) stay held whatever is set: something in them could not be checked.</source>
        <translation>
            <numerusform>另有 %Ln 条无论怎样设定都会被拦下，因为其中有内容无法核查。</numerusform>
        </translation>
    </message>
    <message>
        <source>As it was decided</source>
        <translation>当时的结果</translation>
    </message>
    <message>
        <source>With these thresholds</source>
        <translation>按现在的阈值</translation>
    </message>
</context>
<context>
    <name>VersionLine</name>
    <message>
        <source>Read {date}</source>
        <translation>读取于 {date}</translation>
    </message>
    <message>
        <source>Version {number} of {total}, read {date}</source>
        <translation>共 {total} 个版本，此为第 {number} 版，读取于 {date}</translation>
    </message>
    <message>
        <source>no longer the current version</source>
        <translation>已不是当前版本</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Reading the sample documents</source>
        <translation>正在读取示例文件</translation>
    </message>
    <message>
        <source>Welcome to Touchstone</source>
        <translation>欢迎使用试金石</translation>
    </message>
    <message>
        <source>Ask a model on this computer about your documents. Every claim of its answer is checked against them before anyone acts on it. Nothing leaves this computer.</source>
        <translation>用本机上的模型查询您的文件。在任何人据此行事之前，回答中的每条陈述都会对照文件核查。数据不出本机。</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Add my own documents</source>
        <translation>添加我的文件</translation>
    </message>
    <message>
        <source>Reads a few documents of an invented company and asks a first question about them.</source>
        <translation>读取一家虚构公司的几份文件，并就其内容提出第一个问题。</translation>
    </message>
    <message>
        <source>Reading the sample documents: {index} of {total}</source>
        <translation>正在读取示例文件：{index} / {total}</translation>
    </message>
    <message>
        <source>Model: looking through the model files</source>
        <translation>模型：正在查看模型文件</translation>
    </message>
    <message>
        <source>Model: none installed. Add a model file on the Models page.</source>
        <translation>模型：尚未安装。请在“模型”页添加模型文件。</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>Checker: ready, English and Chinese</source>
        <translation>核查模型：就绪，支持中文和英文</translation>
    </message>
    <message>
        <source>Checker: rules and search only; the trained checker is not installed</source>
        <translation>核查：仅用规则和检索，尚未安装训练好的核查模型</translation>
    </message>
    <message numerus="yes">
        <source>Library: %Ln document(s)</source>
        <translation>
            <numerusform>文件库：%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Library: looking</source>
        <translation>文件库：正在查看</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>CPU; the installed llama.cpp has no GPU support</source>
        <translation>CPU（所装的 llama.cpp 不支持 GPU）</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>有依据</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>与文件矛盾</translation>
    </message>
    <message>
        <source>Documents disagree</source>
        <translation>文件之间不一致</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>文件中未找到</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>无法核查</translation>
    </message>
    <message>
        <source>No claim</source>
        <translation>非陈述</translation>
    </message>
    <message>
        <source>Low risk</source>
        <translation>低风险</translation>
    </message>
    <message>
        <source>Medium risk</source>
        <translation>中风险</translation>
    </message>
    <message>
        <source>High risk</source>
        <translation>高风险</translation>
    </message>
    <message>
        <source>May be used</source>
        <translation>可以使用</translation>
    </message>
    <message>
        <source>Held for review</source>
        <translation>已拦下，待审</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已放行</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已驳回</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Ready, unchanged</source>
        <translation>可用，无变化</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>没有文字</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>有密码保护</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Kind not supported</source>
        <translation>不支持的类型</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Supports the claim</source>
        <translation>支持该陈述</translation>
    </message>
    <message>
        <source>Contradicts the claim</source>
        <translation>与该陈述矛盾</translation>
    </message>
    <message>
        <source>Checking claim {done} of {total}</source>
        <translation>正在核查第 {done} 条陈述，共 {total} 条</translation>
    </message>
    <message>
        <source>Further answer {done} of {total}</source>
        <translation>正在生成第 {done} 次附加回答，共 {total} 次</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Searching your documents</source>
        <translation>正在检索文件</translation>
    </message>
    <message>
        <source>Reading the passages found</source>
        <translation>模型正在阅读检索到的段落</translation>
    </message>
    <message>
        <source>Writing a draft</source>
        <translation>正在撰写草稿</translation>
    </message>
    <message>
        <source>Asking the model again</source>
        <translation>正在让模型再次作答</translation>
    </message>
    <message>
        <source>Checking every claim</source>
        <translation>正在逐条核查</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>sheet “{sheet}”</source>
        <translation>工作表“{sheet}”</translation>
    </message>
    <message>
        <source>cells {cells}</source>
        <translation>单元格 {cells}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>Caveat: {text}</source>
        <translation>使用限制：{text}</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>WorkCard</name>
    <message>
        <source>2  Label them</source>
        <translation>2  标注</translation>
    </message>
    <message>
        <source>3  See what the labels say</source>
        <translation>3  查看标注结果</translation>
    </message>
    <message>
        <source>How honest the risks are, what each threshold misses and holds, what can be promised.</source>
        <translation>风险估计是否属实，各起点漏检和拦下多少，能保证什么。</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>标注进度</translation>
    </message>
    <message>
        <source>Take over from review</source>
        <translation>沿用审核结论</translation>
    </message>
    <message>
        <source>Show the result</source>
        <translation>查看结果</translation>
    </message>
    <message>
        <source>Go on labelling</source>
        <translation>继续标注</translation>
    </message>
    <message>
        <source>Start labelling</source>
        <translation>开始标注</translation>
    </message>
    <message>
        <source>Look at the labels again</source>
        <translation>复看标注</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the open claims were judged in a review already.</source>
        <translation>
            <numerusform>其中 %Ln 条已在审核中判断过。</numerusform>
        </translation>
    </message>
    <message>
        <source>The verdict was in view there, so these labels are less independent.</source>
        <translation>审核时能看到系统结论，因此这些标注不够独立。</translation>
    </message>
    <message>
        <source>Nothing is drawn yet. 60 claims take about 20 minutes: one key for each.</source>
        <translation>还没有抽取。60 条约需 20 分钟，每条只需按一个键。</translation>
    </message>
</context>
</TS>
