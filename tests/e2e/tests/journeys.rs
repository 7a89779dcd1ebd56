//! Users with files: each journey in a real Chromium on the release build under a sub-path.

use e2e::{Page, Result, customers, journey};

async fn number(page: &Page, id: &str) -> Result<String> {
    Ok(page.part(id).await?.text().await?)
}

#[tokio::test]
async fn the_39_of_the_seed_file_are_read_off_the_page() -> Result {
    let Some(file) = customers("customer_segmentation_synthetic.csv") else {
        return Ok(());
    };
    journey(async move |page, site| {
        let loaded = site.requests().len();
        page.choose(&file).await?;
        page.says("use-customers", "Use 500 customers").await?;
        // The recipe: income, spending and their ratio, which is no feature by itself, no scaling, two segments.
        page.press("[aria-label='Role of Income_to_Spending_Ratio'] label:nth-child(2) input")
            .await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        page.click_words("label", "None").await?;
        page.click("model-gaussian_mixture").await?;
        page.rest().await?;
        page.press(".k-choice").await?;
        page.says("k", "2").await?;
        page.rest().await?;
        page.says("mismatched", "39").await?;
        assert_eq!(number(&page, "customers").await?, "500");
        assert_eq!(number(&page, "agreement").await?, "92.2 %");
        let cells = page.attributes(".matrix__cell", "data-count").await?;
        assert_eq!(cells, ["246", "0", "39", "215"]);
        // The list contains exactly the published identifiers.
        let published = std::fs::read_to_string(file.with_file_name("mismatched_customers_synthetic.csv"))?;
        let published: Vec<&str> = published.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(page.part("customer-list").await?.attr("data-count").await?.as_deref(), Some("39"));
        let mut listed = Vec::new();
        for step in 0..6 {
            let scroll = "const list = document.querySelector('[data-testid=customer-list]').parentElement; list.scrollTop = arguments[0] * 240";
            page.script(scroll, vec![step.into()]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
            for name in page.texts("[data-testid=customer]").await? {
                if !listed.contains(&name) {
                    listed.push(name);
                }
            }
        }
        // A scroll step may have shown its rows late, so they are sorted into the order of the file.
        listed.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
        assert_eq!(listed, published);
        // The summary, to all digits.
        page.click_words("label", "Summary").await?;
        let income = page.attributes("[data-testid='summary-Annual_Income_k'] [data-value]", "data-value").await?;
        let income: Vec<f64> = income.iter().map(|value| value.parse()).collect::<std::result::Result<_, _>>()?;
        for (found, wanted) in income.iter().zip([85.486_128_205_128_2, 77.215, 82.0145, 85.353, 89.0555, 94.555]) {
            assert!((found - wanted).abs() < 1e-9, "{found} against {wanted}");
        }
        // The bands.
        page.click_words("label", "Bands").await?;
        let bands = page.attributes("[data-testid^='band-all-']", "data-mismatched").await?;
        assert_eq!(bands, ["22", "12", "5"]);
        // A filter: every number follows.
        page.set("input[aria-label='Annual_Income_k, smallest value, exact']", "77.2").await?;
        page.set("input[aria-label='Annual_Income_k, largest value, exact']", "94.6").await?;
        page.says("customers", "63").await?;
        page.says("mismatched", "39").await?;
        page.says("matrix-total", "63").await?;
        page.click("clear-filters").await?;
        page.says("customers", "500").await?;
        // The verdict and the reasons agree with the evidence: no segments, income before spending, no mismatch beyond chance.
        page.says("verdict", "The segments are not real").await?;
        page.says("noise-sentence", "in more than 25 % of resamples").await?;
        page.click_words("label", "Summary").await?;
        page.says("explanation", "by more than the cuts explain").await?;
        page.says("explanation", "39 mismatched").await?;
        page.says("summary-Age", "no clear difference").await?;
        page.click_words("label", "List").await?;
        // "Older" follows from a difference of means, but not from whole distributions. The models cut by income: it is ranked beside no other column.
        page.click_words("label", "Claims").await?;
        page.pick("claim-column", "Age").await?;
        page.click("claim-check").await?;
        page.says("claim-answer", "Not shown by these data").await?;
        page.pick("claim-column", "Annual_Income_k").await?;
        page.pick("claim-says", "do not differ most in").await?;
        page.click("claim-check").await?;
        page.says("claim-answer", "it cannot be ranked beside others").await?;
        // No advice on segments that are not real, unless it is requested.
        page.click_words("button", "Segments").await?;
        page.says("advice-behind", "the segments are not real").await?;
        page.click_words("button", "Show the advice anyway").await?;
        page.says("advice", "Recommendation for").await?;
        // On return, the panel shows the same as before.
        page.click_words("button", "Compare").await?;
        page.says("claim-answer", "it cannot be ranked beside others").await?;
        page.click_words("label", "List").await?;
        page.part("customer-list").await?;
        let cell = ".matrix__cell[data-count='39']";
        page.find(cell).await?;
        // A cell selects its customers everywhere.
        page.press(cell).await?;
        page.says("selection", "39 customers selected, 39 mismatched").await?;
        assert_eq!(site.requests().len(), loaded, "requests after load: {:?}", site.requests());
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_sample_is_compared_exported_and_survives_what_follows() -> Result {
    journey(async |page, site| {
        let requests = "return document.querySelector('.start [data-testid=requests]').textContent";
        assert_eq!(page.script(requests, vec![]).await?, "0");
        page.click_words("button", "Mall visitors").await?;
        page.says("use-customers", "Use 200 customers").await?;
        page.click("use-customers").await?;
        page.says("segments", "5").await?;
        page.rest().await?;
        let before = number(&page, "agreement").await?;
        // A derived feature, and back.
        page.click("derive").await?;
        page.click("derive-add").await?;
        page.rest().await?;
        page.click_words("label", "÷").await?;
        page.rest().await?;
        page.says("agreement", &before).await?;
        // The export is caught where the browser would save it.
        let catch = "window.saved = null; const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return make(blob) }";
        page.script(catch, vec![]).await?;
        page.click("save").await?;
        page.click("export-segments-csv").await?;
        page.rest().await?;
        let wait = "const done = arguments[0]; const look = () => window.saved ? done(window.saved) : setTimeout(look, 20); look()";
        let saved = page.script_async(wait, vec![]).await?;
        let saved = saved.as_str().unwrap_or_default().to_owned();
        assert!(saved.starts_with("VisitorID,Gender,Age,Annual Income (k$),Spending Score (1-100),kmeans,kmeans_name,hierarchical,hierarchical_name,gmm,gmm_name,gmm_p,mismatched,element_centric"), "{saved:.200}");
        assert_eq!(saved.lines().count(), 201);
        let table = seamline::table::read_csv(saved.as_bytes()).map_err(|error| format!("{error:?}"))?;
        let cells = table.column("mismatched").into_iter();
        let cells = cells.flat_map(|column| (0..200).map(|row| column.cell(row)));
        let mismatched = cells.filter(|cell| cell == "yes").count();
        assert_eq!(number(&page, "mismatched").await?, mismatched.to_string());
        // Bad files: one sentence each, and the result stays.
        let bad: [(&str, &[u8], &str); 3] = [
            ("empty.csv", b"", "empty"),
            ("header.csv", b"id,age,income\n", "no rows below it"),
            ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG image"),
        ];
        for (name, content, words) in bad {
            page.drop_file(name, content).await?;
            // The decisions above are in no project.
            page.answer(true).await?;
            page.says("notice", words).await?;
            assert_eq!(number(&page, "agreement").await?, before, "{name}");
        }
        // The lock holds for the page and its workers; the target is running and would log a request.
        let loaded = site.requests().len();
        let target = format!("{}probe", site.address());
        let from_page = "const [to, done] = arguments; fetch(to).then(() => done('sent'), (error) => done('blocked ' + error.name))";
        assert_eq!(page.script_async(from_page, vec![target.clone().into()]).await?, "blocked TypeError");
        let from_worker = "const [to, done] = arguments, worker = spawnEngine();
            worker.onmessage = (event) => { if (event.data.kind === 'ready') worker.postMessage({ probe: to });
              if (event.data.kind === 'probe') done(event.data.result) }";
        assert_eq!(page.script_async(from_worker, vec![target.into()]).await?, "blocked TypeError");
        assert_eq!(site.requests().len(), loaded);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn three_models_are_compared_with_other_linkages_and_shapes() -> Result {
    journey(async |page, _site| {
        page.click_words("button", "Mall visitors").await?;
        page.says("use-customers", "Use 200 customers").await?;
        page.click("use-customers").await?;
        page.says("segments", "5").await?;
        page.rest().await?;
        page.find("[data-testid=pair]").await?;
        assert_eq!(
            page.attributes(".plot", "aria-label").await?,
            ["K-Means", "Hierarchical", "Gaussian mixture"]
        );
        // A number set by the user stays; an open one is recommended again for every choice of models.
        for step in [
            "[aria-label='One segment more']",
            "[aria-label='One segment fewer']",
        ] {
            page.press(step).await?;
            page.rest().await?;
        }
        page.says("segments", "5").await?;
        // Strip, list and matrix of any pair show the same customers.
        for (centres, name) in [(1, "K-Medians"), (2, "Spherical K-Means"), (0, "K-Means")] {
            page.pick("centres", centres).await?;
            page.rest().await?;
            assert_eq!(page.attributes(".plot", "aria-label").await?[0], name);
            page.says("choice-of-k", name).await?;
        }
        for (linkage, covariance) in [(2, 1), (4, 2), (0, 0)] {
            page.pick("linkage", linkage).await?;
            page.rest().await?;
            page.pick("covariance", covariance).await?;
            page.rest().await?;
            let mismatched: usize = number(&page, "mismatched").await?.parse()?;
            let listed = page.part("customer-list").await?.attr("data-count").await?;
            assert_eq!(listed, Some(mismatched.to_string()));
            for pair in 0..3 {
                page.pick("pair", pair).await?;
                page.says("matrix-total", "200").await?;
                let counts = page.attributes(".matrix__cell", "data-count").await?;
                let counts: Vec<usize> = counts
                    .iter()
                    .map(|count| count.parse())
                    .collect::<std::result::Result<_, _>>()?;
                assert_eq!(counts.iter().sum::<usize>(), 200);
                let apart: usize = (0..25)
                    .filter(|cell| cell / 5 != cell % 5)
                    .map(|cell| counts[cell])
                    .sum();
                assert!(
                    apart <= mismatched,
                    "{apart} of a pair, {mismatched} of all"
                );
            }
        }
        // At least two models stay: the third can be removed, and then the first two cannot.
        page.click("model-k_means").await?;
        page.rest().await?;
        assert_eq!(
            page.attributes(".plot", "aria-label").await?,
            ["Hierarchical", "Gaussian mixture"]
        );
        assert!(
            page.part("model-hierarchical")
                .await?
                .attr("aria-disabled")
                .await?
                .is_some()
        );
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn few_rows_and_cancelled_work_leave_the_app_usable() -> Result {
    journey(async |page, _site| {
        page.drop_file("one.csv", "id,income\n1,10\n").await?;
        page.says("use-customers", "Use 1 customer").await?;
        page.click("use-customers").await?;
        page.says("notice", "at least 2 rows").await?;
        // Many rows: cancelled halfway, then requested again.
        let rows: String = (0..20_000)
            .map(|i| format!("c{i},{},{}\n", (i * 7919) % 1009, (i * 104_729) % 997))
            .collect();
        page.drop_file("many.csv", &format!("id,income,spend\n{rows}"))
            .await?;
        page.says("use-customers", "Use 20,000 customers").await?;
        page.click("use-customers").await?;
        // The button is hidden briefly, so that short work does not flicker: a script must wait for it.
        page.find(".work--on .button:enabled").await?;
        page.press(".work .button").await?;
        page.rest().await?;
        page.click_words("button", "Data").await?;
        page.click("use-customers").await?;
        page.says("customers", "20,000").await?;
        page.rest().await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn helpers_share_long_work_and_are_gone_when_it_is_done() -> Result {
    journey(async |page, _site| {
        // From here on every worker is recorded; on request, a helper dies as soon as it has received a part.
        let watch = "window.started = []; const Plain = Worker;
            Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => window.cores ?? 2 });
            window.Worker = class extends Plain {
              constructor(...given) { super(...given); started.push(this); this.told = 0 }
              postMessage(message, ...rest) {
                super.postMessage(message, ...rest);
                if (message.head && ++this.told === window.fatal) setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { cancelable: true })));
              }
              terminate() { this.ended = true; super.terminate() }
            }";
        page.script(watch, vec![]).await?;
        let rows: String = (0..20_000)
            .map(|i| format!("c{i},{},{}\n", (i * 7919) % 1009 + 400 * (i % 3), (i * 104_729) % 997 + 500 * (i % 2)))
            .collect();
        page.drop_file("many.csv", &format!("id,income,spend\n{rows}")).await?;
        page.says("use-customers", "Use 20,000 customers").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        let workers = "return started.map((worker) => Boolean(worker.ended))";
        assert_eq!(page.script(workers, vec![]).await?, serde_json::json!([true]), "one helper, ended");
        let found = [number(&page, "mismatched").await?, number(&page, "agreement").await?];
        // The same without a helper, and with one that dies.
        for set in ["window.cores = 1", "window.cores = 2; window.fatal = 2"] {
            page.script(set, vec![]).await?;
            for scaling in ["None", "Z-score"] {
                page.click_words("label", scaling).await?;
                page.rest().await?;
            }
            assert_eq!([number(&page, "mismatched").await?, number(&page, "agreement").await?], found, "{set}");
        }
        let ended = page.script(workers, vec![]).await?;
        assert!(ended.as_array().is_some_and(|ended| ended.len() > 2 && ended.iter().all(|ended| ended == true)), "{ended}");
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_decision_of_reading_can_be_changed_in_the_review() -> Result {
    journey(async |page, _site| {
        let chosen = "const choice = document.querySelector(`[data-testid=${arguments[0]}]`); return choice.options[choice.selectedIndex].text";
        // A German list in an old encoding: title, decimal commas, a total.
        let mut text = "Kundenliste;;;\nKunde;Größe;Umsatz;Zahl\n".to_owned();
        for i in 0..40 {
            let size = ["klein", "mittel", "groß"][i % 3];
            text += &format!("K{i};{size};1.{:03},5;{}\n", 17 * i, i % 7);
        }
        text += "Summe;;70.000,00;\n";
        let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
        page.drop_file("liste.csv", bytes).await?;
        page.says("use-customers", "Use 40 customers").await?;
        for (id, words) in [("read-encoding", "windows-1252"), ("read-separator", "Semicolon"), ("read-header", "Line 2")] {
            assert_eq!(page.script(chosen, vec![id.into()]).await?, words, "{id}");
        }
        page.says("preview", "K1;mittel;1.017,5;1").await?;
        page.says("preview", "1,017.5").await?;
        page.says("checks", "Line 43 holds totals").await?;
        // Another option reads the file again, and back.
        page.pick("read-header", "Line 3").await?;
        page.says("use-customers", "Use 39 customers").await?;
        page.click("read-reset").await?;
        page.says("use-customers", "Use 40 customers").await?;
        page.pick("read-encoding", "UTF-8").await?;
        page.says("checks", "not UTF-8").await?;
        page.click("read-reset").await?;
        page.says("preview", "groß").await?;
        // A category as a feature: indicators, then in order.
        let role = "[...document.querySelectorAll('.review__table tr')].find((row) => row.innerText.includes('Größe'))
            .querySelectorAll('input')[1].click()";
        page.script(role, vec![]).await?;
        page.find(".order").await?;
        page.click("use-customers").await?;
        page.part("mismatched").await?;
        page.rest().await?;
        page.find("[title='Größe = groß']").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn gaps_are_filled_and_duplicates_left_out_as_wished() -> Result {
    journey(async |page, _site| {
        let mut text = "id,spend,visits\n".to_owned();
        for i in 0..60 {
            let spend = if i % 10 == 3 {
                "?".to_owned()
            } else {
                (i * i % 97).to_string()
            };
            text += &format!("{i},{spend},{}\n", 5 * (i % 11));
        }
        text += "1,1,5\n1,1,5\n";
        page.drop_file("gaps.csv", text).await?;
        // Copies that name the same customer are left out at first.
        page.says("use-customers", "Use 54 customers").await?;
        page.click_words("label", "Keep all").await?;
        page.says("use-customers", "Use 56 customers").await?;
        page.click_words("label", "Keep first").await?;
        page.says("use-customers", "Use 54 customers").await?;
        page.click_words("label", "Median").await?;
        page.says("use-customers", "Use 60 customers").await?;
        page.click("use-customers").await?;
        page.says("customers", "60").await?;
        page.rest().await?;
        // Page and engine count alike, and a later choice fits again.
        page.click_words("button", "Edit columns").await?;
        page.click_words("label", "Leave out").await?;
        page.click("use-customers").await?;
        page.says("customers", "54").await?;
        page.rest().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_no_single_file_is_named_and_the_last_file_counts() -> Result {
    journey(async |page, _site| {
        let drop = "const [what] = arguments, transfer = new DataTransfer();
            if (what === 'two') for (const name of ['a.csv', 'b.csv']) transfer.items.add(new File(['x,y\\n1,2'], name));
            if (what === 'link') transfer.items.add('https://example.org/customers.csv', 'text/uri-list');
            document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))";
        for (what, words) in [("two", "Several files"), ("link", "That is a link"), ("nothing", "That was no file")] {
            page.script(drop, vec![what.into()]).await?;
            page.says("notice", words).await?;
        }
        let rows = |n: usize| (0..n).fold("id,a,b\n".to_owned(), |text, i| text + format!("{i},{},{}\n", i % 13, i % 17).as_str());
        // A second file while the first is being read: the second is shown, once.
        page.drop_at_once(&[("first.csv", rows(60_000).as_bytes()), ("second.csv", rows(120).as_bytes())]).await?;
        page.says("file-name", "second.csv").await?;
        page.says("use-customers", "Use 120 customers").await?;
        page.rest().await?;
        page.says("file-name", "second.csv").await?;
        // One that cannot be read leaves the screen and the engine unchanged.
        page.drop_at_once(&[("third.csv", rows(60_000).as_bytes()), ("broken.csv", b"\x89PNG\r\n\x1a\n")]).await?;
        page.says("notice", "PNG image").await?;
        page.rest().await?;
        page.says("file-name", "second.csv").await?;
        page.click("use-customers").await?;
        page.says("customers", "120").await?;
        page.rest().await?;
        // A file that is gone when it must be read again: its table stays.
        let file = std::env::temp_dir().join(format!("seamline-gone-{}.csv", std::process::id()));
        std::fs::write(&file, rows(80))?;
        page.choose(&file).await?;
        page.says("use-customers", "Use 80 customers").await?;
        std::fs::remove_file(&file)?;
        page.pick("read-header", 2).await?;
        page.says("notice", "could not read the file").await?;
        page.says("use-customers", "Use 80 customers").await?;
        page.click("use-customers").await?;
        page.says("customers", "80").await?;
        Ok(())
    })
    .await
}
