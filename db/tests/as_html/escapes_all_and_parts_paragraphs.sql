begin;
select plan(2);

-- given, when, then
select is(
  accounting.as_html(E'<script>"a" & ''b''</script>\n2\n \n\n{x} &amp;\n'),
  E'<p>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;<br>2</p>\n<p>{x} &amp;amp;</p>',
  'nothing in it is markup but paragraphs and breaks'
);
select is(accounting.as_html('a'), '<p>a</p>', 'one line is one paragraph');

select * from finish();
rollback;
