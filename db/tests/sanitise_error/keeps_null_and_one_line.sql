begin;
select plan(6);

select is(accounting.sanitise_error(null), null, 'null stays null: no answer is no words');
select is(accounting.sanitise_error(''), '', 'an empty text stays empty');
select is(
  accounting.sanitise_error(E'\none\r\n\ttwo\x1b[31mthree\n'), 'one two [31mthree',
  'line feeds, tabs and escapes become a blank'
);
select is(accounting.sanitise_error('one  two '), 'one  two ', 'other blanks stay as they are');
select is(
  accounting.sanitise_error(E'password=a\nBearer bcd'),
  'password=[masked] Bearer [masked]',
  'secrets on several lines are masked'
);
select is(accounting.sanitise_error('føring på «konto»'), 'føring på «konto»', 'letters stay');

select * from finish();
rollback;
