//! Rows in an order of their content, whatever their order in the file.

use super::Table;
use super::row_mark::mark_of;
use crate::numeric::{order_by, pulse};

/// Work steps for marking a cell.
const STEPS: usize = 16;

/// The rows, ascending by a mark of all their cells. Only rows that are equal in every cell keep the order they are given in, so what is
/// drawn from the list by position is the same for any order of the rows and of the columns of a file.
///
/// ```
/// use seamline_kernels::table::{TableError, by_content, read_csv};
///
/// let first_id = |file: &[u8]| -> Result<String, TableError> {
///     let table = read_csv(file)?;
///     let rows: Vec<usize> = (0..table.n_rows()).collect();
///     let first = by_content(&table, &rows)[0];
///     Ok(table.column("id").map_or_else(String::new, |ids| ids.cell(first).into_owned()))
/// };
/// assert_eq!(first_id(b"id,x\na,1\nb,2\nc,3\n")?, first_id(b"x,id\n3,c\n1,a\n2,b\n")?);
/// # Ok::<(), TableError>(())
/// ```
pub fn by_content(table: &Table, rows: &[usize]) -> Vec<usize> {
    pulse(STEPS * rows.len() * table.columns.len());
    let columns = order_by(table.columns.len(), &mut |a, b| {
        table.columns[a].name.cmp(&table.columns[b].name)
    });
    let mark = |row: usize| {
        let own = columns.iter().map(|&at| &table.columns[at as usize]);
        own.fold(0, |mark, column| mark_of(column, row, mark))
    };
    let marks: Vec<u64> = rows.iter().map(|&row| mark(row)).collect();
    let order = order_by(rows.len(), &mut |a, b| marks[a].cmp(&marks[b]));
    order.into_iter().map(|at| rows[at as usize]).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::Rng;
    use crate::table::read_csv;

    #[test]
    fn shuffled_rows_and_columns_have_one_order() {
        let mut rng = Rng::new(3);
        let lines: Vec<[String; 3]> = (0..300)
            .map(|_| {
                [
                    format!("c{}", rng.below(9)),
                    rng.below(40).to_string(),
                    rng.below(3).to_string(),
                ]
            })
            .collect();
        let content = |lines: &[[String; 3]], columns: [usize; 3]| {
            let names = ["kind", "orders", "calls"];
            let line = |line: &[String; 3]| columns.map(|at| line[at].clone()).join(",");
            let head = columns.map(|at| names[at]).join(",");
            let all: Vec<String> = std::iter::once(head)
                .chain(lines.iter().map(line))
                .collect();
            let table = read_csv(all.join("\n").as_bytes()).unwrap();
            let cells = |row: usize| {
                let cell = |name: &str| table.column(name).unwrap().cell(row).into_owned();
                names.map(cell)
            };
            let rows = by_content(&table, &(0..table.n_rows()).collect::<Vec<_>>());
            rows.into_iter().map(cells).collect::<Vec<_>>()
        };
        let straight = content(&lines, [0, 1, 2]);
        let mut shuffled = lines.clone();
        shuffled.rotate_left(77);
        shuffled.reverse();
        assert_eq!(content(&shuffled, [2, 0, 1]), straight);
        assert_ne!(straight, lines);
    }
}
